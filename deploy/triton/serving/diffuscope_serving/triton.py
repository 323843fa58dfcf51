"""A denoising model as Triton's Python backend runs it; each model.py only names itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
import triton_python_backend_utils as pb_utils

from diffuscope_serving.adapters import adapter_of
from diffuscope_serving.answer import answer
from diffuscope_serving.card import CARD_PARAMETER, Card
from diffuscope_serving.step import BadRequestError, Step, read_step


class StepModel:
    """What Triton calls. Requests that the dynamic batcher gathers share forward passes."""

    def initialize(self, args: dict[str, str]) -> None:
        """Loads the weights that the configuration names, on this instance's device."""
        if int(np.__version__.split(".")[0]) >= 2:
            raise pb_utils.TritonModelException(
                f"numpy {np.__version__} is read wrongly by this server: install numpy below 2"
            )
        config = json.loads(args["model_config"])
        parameters = {
            key: value["string_value"] for key, value in config.get("parameters", {}).items()
        }
        on_gpu = args["model_instance_kind"] == "GPU"
        device = torch.device(f"cuda:{args['model_instance_device_id']}" if on_gpu else "cpu")
        self._card = Card.from_json(parameters.get(CARD_PARAMETER, ""))
        adapter = adapter_of(args["model_name"])
        self._denoiser = adapter.load(Path(parameters["weights"]), device)

    def execute(self, requests: list[Any]) -> list[Any]:
        """One response a request, in their order; what can't be answered gets a sentence."""
        responses: list[Any] = [None] * len(requests)
        steps: dict[int, Step] = {}
        for place, request in enumerate(requests):
            try:
                steps[place] = self._read(request)
            except BadRequestError as error:
                responses[place] = _refusal(str(error), pb_utils.TritonError.INVALID_ARG)
        try:
            answers = answer(self._denoiser, self._card, list(steps.values()))
        except Exception as error:
            pb_utils.Logger.log_error(f"a step failed: {error!r}")
            failed = _refusal("the step failed on this server", pb_utils.TritonError.INTERNAL)
            return [failed if response is None else response for response in responses]
        for place, tensors in zip(steps, answers, strict=True):
            responses[place] = pb_utils.InferenceResponse(
                [
                    pb_utils.Tensor(name, np.ascontiguousarray(values))
                    for name, values in tensors.items()
                ]
            )
        return responses

    def _read(self, request: Any) -> Step:
        def find(name: str) -> Any:
            tensor = pb_utils.get_input_tensor_by_name(request, name)
            return None if tensor is None else tensor.as_numpy()

        return read_step(find, list(request.requested_output_names()), self._card)


def _refusal(sentence: str, code: int) -> Any:
    return pb_utils.InferenceResponse([], pb_utils.TritonError(sentence, code))

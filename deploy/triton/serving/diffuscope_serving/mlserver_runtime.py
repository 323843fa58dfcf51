"""The same steps behind MLServer: a second implementation of the protocol, JSON only.

`model-settings.json` names the model and this class; DIFFUSCOPE_WEIGHTS is the folder with one
folder of weights a model; without it the bundled model or the hub's weights are served.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import torch
from mlserver import MLModel
from mlserver.codecs import NumpyCodec
from mlserver.errors import InferenceError
from mlserver.types import InferenceRequest, InferenceResponse, MetadataModelResponse, Parameters

from diffuscope_serving.adapters import adapter_of
from diffuscope_serving.answer import Answer, answer
from diffuscope_serving.card import CARD_PARAMETER
from diffuscope_serving.step import BadRequestError, Step, read_step
from diffuscope_serving.weights import find_weights

Waiting = tuple[Step, "asyncio.Future[Answer]"]


class StepRuntime(MLModel):
    """What MLServer calls. Steps that arrive while another is computed share the next pass.

    MLServer's own batching would glue sequences of different lengths together.
    """

    async def load(self) -> bool:
        """Loads the weights."""
        adapter = adapter_of(self.settings.name)
        weights = os.environ.get("DIFFUSCOPE_WEIGHTS")
        folder = find_weights(adapter, Path(weights) if weights else None)
        device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")
        self._card = adapter.card(folder, device)
        self._denoiser = adapter.load(folder, device)
        self._waiting: asyncio.Queue[Waiting] = asyncio.Queue()
        self._worker = asyncio.create_task(self._work())
        return True

    async def unload(self) -> bool:
        """Ends the loop, if loading came so far."""
        if hasattr(self, "_worker"):
            self._worker.cancel()
        return True

    async def metadata(self) -> MetadataModelResponse:
        """MLServer's own, with the card."""
        described = await super().metadata()
        described.parameters = Parameters(**{CARD_PARAMETER: self._card.to_json()})
        return described

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        """One request."""
        inputs = {tensor.name: tensor for tensor in payload.inputs}

        def find(name: str) -> Any:
            return NumpyCodec.decode_input(inputs[name]) if name in inputs else None

        wanted = [tensor.name for tensor in payload.outputs or []]
        try:
            step = read_step(find, wanted, self._card)
        except (BadRequestError, ValueError) as error:
            raise InferenceError(str(error)) from error
        reply: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((step, reply))
        outputs = [NumpyCodec.encode_output(k, v) for k, v in (await reply).items()]
        return InferenceResponse(model_name=self.name, outputs=outputs)

    async def _work(self) -> None:
        while True:
            batch = [await self._waiting.get()]
            while not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            steps = [step for step, _ in batch]
            try:
                answers = await asyncio.to_thread(answer, self._denoiser, self._card, steps)
            except Exception as error:
                for _, reply in batch:
                    if not reply.done():
                        reply.set_exception(error)
                continue
            for (_, reply), one in zip(batch, answers, strict=True):
                if not reply.done():
                    reply.set_result(one)

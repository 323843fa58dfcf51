"""What the files for operators say must agree with each other and with the files that they name."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from kubernetes_validate import SchemaNotFoundError, validate

from diffuscope_serving.adapters import ADAPTERS
from diffuscope_serving.write_repository import SHIPPED, main

DEPLOY = Path(__file__).parents[1]
ROOT = DEPLOY.parent
KUBERNETES = DEPLOY / "kubernetes"
OVERLAYS = [KUBERNETES / "triton", KUBERNETES / "kserve"]
OF_OTHERS = {"Kustomization", "InferenceService", "ScaledObject"}
"""Kinds that Kubernetes itself does not know."""


def documents(file: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(file.read_text("utf-8")))


def resources(folder: Path) -> list[dict[str, Any]]:
    """What `kubectl apply -k` would send, less what kustomize changes in it."""
    (kustomization,) = documents(folder / "kustomization.yaml")
    found = []
    for name in kustomization["resources"]:
        path = (folder / name).resolve()
        assert path.exists(), f"{folder.name} names {name}, which is not there"
        found += resources(path) if path.is_dir() else documents(path)
    return found


def containers(resource: dict[str, Any]) -> list[dict[str, Any]]:
    spec = resource["spec"]
    pod = spec["predictor"] if "predictor" in spec else spec.get("template", {}).get("spec", {})
    return [*pod.get("containers", []), *pod.get("initContainers", [])]


@pytest.mark.parametrize("file", sorted(KUBERNETES.rglob("*.yaml")), ids=lambda file: file.name)
def test_manifests_follow_the_schemas_of_kubernetes(file):
    for document in documents(file):
        try:
            validate(document, "1.31", strict=True)
        except SchemaNotFoundError:
            assert document["kind"] in OF_OTHERS


@pytest.mark.parametrize("folder", OVERLAYS, ids=lambda folder: folder.name)
def test_an_overlay_is_complete(folder):
    found = resources(folder)
    (kustomization,) = documents(folder / "kustomization.yaml")
    known_images = {image["name"] for image in kustomization["images"]}
    made = {entry["name"] for entry in kustomization["configMapGenerator"]}
    claims = {r["metadata"]["name"] for r in found if r["kind"] == "PersistentVolumeClaim"}
    for resource in found:
        text = json.dumps(resource)
        assert set(re.findall(r'"claimName": "([^"]+)"', text)) <= claims
        assert set(re.findall(r'"configMap": {"name": "([^"]+)"', text)) <= made
        for container in containers(resource):
            assert container["image"] in known_images
            mounted = {mount["name"] for mount in container["volumeMounts"]}
            volumes = set(re.findall(r'"name": "([^"]+)"', text))
            assert mounted <= volumes


@pytest.mark.parametrize("folder", OVERLAYS, ids=lambda folder: folder.name)
def test_the_gateway_finds_every_model_where_it_looks(folder):
    found = resources(folder)
    services = {}
    for resource in found:
        name = resource["metadata"]["name"]
        if resource["kind"] == "Service":
            services[name] = resource["spec"]["ports"][0]["port"]
        if resource["kind"] == "InferenceService":
            # KServe makes a service of this name.
            services[f"{name}-predictor"] = 80
    served = {
        entry["value"]
        for resource in found
        for container in containers(resource)
        for entry in container.get("env", [])
        if entry["name"] == "DIFFUSCOPE_MODELS"
    }
    upstreams = json.loads((folder / "gateway.json").read_text("utf-8"))["upstreams"]
    assert {upstream["model"] for upstream in upstreams} == served
    for upstream in upstreams:
        for url in upstream["urls"]:
            host, _, port = url.removeprefix("http://").partition(":")
            assert services[host] == int(port or 80)


@pytest.mark.parametrize("folder", OVERLAYS, ids=lambda folder: folder.name)
def test_scaling_asks_for_the_time_in_the_queue_of_its_own_model(folder):
    for resource in resources(folder):
        if resource["kind"] in ("ScaledObject", "InferenceService"):
            (query,) = re.findall(r'"query": "([^\n]*?1e6)"', json.dumps(resource))
            name = resource["metadata"]["name"]
            assert f'nv_inference_queue_duration_us{{model=\\"{name}\\"}}' in query


def test_compose_agrees_with_the_gateway_and_the_images():
    (compose,) = documents(DEPLOY / "compose.yaml")
    triton, gateway = compose["services"]["triton"], compose["services"]["gateway"]
    for service in (triton, gateway):
        assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).exists()
    for service in (triton, gateway):
        named = [volume.split(":")[0] for volume in service["volumes"]]
        for volume in named:
            assert volume in compose["volumes"] or volume.startswith(("./", "${"))
    upstreams = json.loads((DEPLOY / "gateway.json").read_text("utf-8"))["upstreams"]
    served = triton["environment"]["DIFFUSCOPE_MODELS"].split()
    assert [upstream["model"] for upstream in upstreams] == served
    for upstream in upstreams:
        assert upstream["urls"] == ["http://triton:8000"]
        assert upstream["tokenizer"] == f"/models/{upstream['model']}/tokenizer.json"
    image = (DEPLOY / "triton" / "Dockerfile").read_text("utf-8")
    assert "EXPOSE 8000 8002" in image
    script = (DEPLOY / "triton" / "start.sh").read_text("utf-8")
    assert "--http-port=8000" in script
    assert "--metrics-port=8002" in script
    ((port, inside),) = [port.split(":")[1:] for port in gateway["ports"]]
    assert f"PORT={inside}" in (DEPLOY / "gateway" / "Dockerfile").read_text("utf-8")
    assert port == inside


@pytest.mark.parametrize("image", ["triton", "gateway"])
def test_a_container_file_copies_what_is_there(image):
    for line in (DEPLOY / image / "Dockerfile").read_text("utf-8").splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (ROOT / source).exists(), source


def test_every_model_has_a_folder_and_every_folder_a_model():
    assert {folder.name for folder in SHIPPED.iterdir()} == set(ADAPTERS)
    for name in ADAPTERS:
        config = (SHIPPED / name / "config.pbtxt").read_text("utf-8")
        assert f'name: "{name}"' in config
        assert "dynamic_batching" in config
        assert "max_queue_delay_microseconds" in config
        assert (SHIPPED / name / "1" / "model.py").exists()


def test_the_commands_of_the_manifests_are_understood(tmp_path, monkeypatch, capsys):
    for word in ("--tokenizers-only", f"--out={tmp_path}"):
        assert word.split("=")[0] in (KUBERNETES / "gateway" / "gateway.yaml").read_text("utf-8")
    options = ["--tokenizers-only", f"--out={tmp_path}", "diffuscope-small"]
    monkeypatch.setattr("sys.argv", ["write_repository", *options])
    main()
    assert (tmp_path / "diffuscope-small" / "tokenizer.json").exists()
    assert "tokenizer.json" in capsys.readouterr().out

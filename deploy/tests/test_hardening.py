"""What the files for operators leave open: nothing that needs not be open."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

DEPLOY = Path(__file__).parents[1]
ROOT = DEPLOY.parent
KUBERNETES = DEPLOY / "kubernetes"
DIGEST = r"sha256:[0-9a-f]{64}"
GATEWAY_BYTES = 2**27
"""What the gateway's bodies may take at most unless its configuration says otherwise."""


def documents() -> list[dict[str, Any]]:
    return [
        document
        for file in sorted(KUBERNETES.rglob("*.yaml"))
        for document in yaml.safe_load_all(file.read_text("utf-8"))
    ]


def pods() -> list[tuple[str, dict[str, Any]]]:
    found = []
    for document in documents():
        spec = document.get("spec", {})
        pod = spec.get("predictor") or spec.get("template", {}).get("spec")
        if pod and "containers" in pod:
            found.append((f"{document['kind']} {document['metadata']['name']}", pod))
    return found


PODS = pods()


def containers() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{name}: {container['name']}", container)
        for name, pod in PODS
        for container in [*pod["containers"], *pod.get("initContainers", [])]
    ]


@pytest.mark.parametrize(("name", "pod"), PODS, ids=[name for name, _ in PODS])
def test_a_pod_is_nobody_in_particular(name, pod):
    context = pod["securityContext"]
    assert context["runAsNonRoot"] is True
    assert context["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod["automountServiceAccountToken"] is False


@pytest.mark.parametrize(("name", "container"), containers(), ids=[n for n, _ in containers()])
def test_a_container_gets_no_rights_and_a_bound(name, container):
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert "memory" in container["resources"]["limits"]
    assert "/tmp" in {mount["mountPath"] for mount in container["volumeMounts"]}


def test_every_pod_is_spoken_with_by_those_alone_who_must():
    policies = [document for document in documents() if document["kind"] == "NetworkPolicy"]
    selected = [policy["spec"]["podSelector"]["matchLabels"] for policy in policies]
    assert selected == [{"app": "diffuscope-gateway"}, {"diffuscope": "model-server"}]
    for policy in policies:
        assert policy["spec"]["policyTypes"] == ["Ingress", "Egress"]
        for rule in policy["spec"]["ingress"]:
            assert rule["from"], "open to all"
        for rule in policy["spec"]["egress"]:
            for target in rule["to"]:
                if "ipBlock" in target:
                    assert "169.254.0.0/16" in target["ipBlock"]["except"]
                    assert "10.0.0.0/8" in target["ipBlock"]["except"]


def test_bodies_fit_the_memory_that_the_gateway_has():
    (gateway,) = [c for n, c in containers() if n.endswith(": gateway")]
    mebibytes = {"1Gi": 1024}[gateway["resources"]["limits"]["memory"]]
    for overlay in ("triton", "kserve"):
        limits = json.loads((KUBERNETES / overlay / "gateway.json").read_text()).get("limits", {})
        # Node and the page's files take some, and a body that grows is copied once.
        assert 3 * limits.get("heldBytes", GATEWAY_BYTES) < mebibytes * 2**20


@pytest.mark.parametrize(
    "file", [KUBERNETES / "triton", KUBERNETES / "kserve", DEPLOY], ids=lambda file: file.name
)
def test_metrics_have_a_port_of_their_own(file):
    assert json.loads((file / "gateway.json").read_text("utf-8"))["metricsPort"] == 9464


@pytest.mark.parametrize("overlay", ["triton", "kserve"])
def test_overlays_name_images_by_digest(overlay):
    (kustomization,) = yaml.safe_load_all((KUBERNETES / overlay / "kustomization.yaml").read_text())
    for image in kustomization["images"]:
        assert re.fullmatch(DIGEST, image["digest"])
        assert "newTag" not in image


def test_base_images_are_pinned():
    node = (DEPLOY / "gateway" / "Dockerfile").read_text("utf-8")
    bases = re.findall(r"^FROM (\S+)", node, re.M)
    assert len(set(bases)) == 1
    assert re.fullmatch(rf"node:[\d.]+-bookworm-slim@{DIGEST}", bases[0])
    triton = (DEPLOY / "triton" / "Dockerfile").read_text("utf-8")
    (release,) = re.findall(rf"^FROM nvcr.io/nvidia/tritonserver:(\d+\.\d+)-py3(?:@{DIGEST})?$", triton, re.M)
    assert float(release) > 26.05, "releases up to 26.05 have published holes"
    assert "--require-hashes" in triton
    assert "npm ci --omit=dev" in node


def test_requirements_have_hashes():
    text = (DEPLOY / "triton" / "requirements.txt").read_text("utf-8")
    lines = re.sub(r"#.*\n", "", text).replace("\\\n", " ").strip().splitlines()
    for line in lines:
        assert re.match(r"[\w.\[\],-]+==\S+.*--hash=sha256:[0-9a-f]{64}", line), line
    asked = (DEPLOY / "triton" / "requirements.in").read_text("utf-8")
    for name in re.findall(r"^[a-z_]+", asked, re.M):
        assert any(line.startswith(f"{name.replace('_', '-')}==") for line in lines), name


def test_weights_of_a_hub_have_a_revision():
    adapters = DEPLOY / "triton" / "serving" / "diffuscope_serving" / "adapters"
    for name in ("llada", "dream"):
        assert re.search(r'revision="[0-9a-f]{40}"', (adapters / f"{name}.py").read_text("utf-8"))


def test_compose_gives_no_rights():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    for service in compose["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        for port in service.get("ports", []):
            assert port.startswith("127.0.0.1:")


def test_the_files_are_tidy():
    """yamllint finds keys that stand twice, of which a parser takes one."""
    command = [sys.executable, "-m", "yamllint", "--strict", "-c", str(DEPLOY / "yamllint.yaml"), str(DEPLOY)]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr

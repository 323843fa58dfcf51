#!/bin/sh
# Writes digests where images are named by tag alone: into the Dockerfiles, and for the two images that you pushed into
# the overlays. A digest can only come from a registry, so this needs Docker and a network.
#
#   deploy/pin-images.sh [REGISTRY/diffuscope-triton:TAG REGISTRY/diffuscope-gateway:TAG]
set -eu
cd "$(dirname "$0")"

digest_of() {
  docker buildx imagetools inspect "$1" --format '{{.Manifest.Digest}}'
}

for file in triton/Dockerfile gateway/Dockerfile; do
  sed -n 's/^FROM \([^ @]*:[^ @]*\).*/\1/p' "$file" | sort -u | while read -r image; do
    digest=$(digest_of "$image")
    sed -i "s|^FROM $image\(@sha256:[0-9a-f]*\)\{0,1\}|FROM $image@$digest|" "$file"
    echo "$file: $image@$digest"
  done
done

for image in "$@"; do
  name=${image##*/}
  name=${name%%:*}
  digest=$(digest_of "$image")
  for overlay in kubernetes/*/kustomization.yaml; do
    sed -i "/name: $name\$/,/digest:/ { s|newName: .*|newName: ${image%:*}|; s|digest: .*|digest: $digest| }" "$overlay"
  done
  echo "overlays: ${image%:*}@$digest"
done

#!/bin/sh
# Completes the model repository from the weights, then becomes Triton.
set -eu
: "${DIFFUSCOPE_MODELS:?names the models to serve, with blanks between}"
repository=${DIFFUSCOPE_REPOSITORY:-/models}
# shellcheck disable=SC2086 # several names are several arguments
python3 -m diffuscope_serving.write_repository \
  --out "$repository" --weights "${DIFFUSCOPE_WEIGHTS:-/weights}" $DIFFUSCOPE_MODELS
exec tritonserver --model-repository="$repository" \
  --http-port=8000 --metrics-port=8002 --allow-grpc=false --exit-timeout-secs=30

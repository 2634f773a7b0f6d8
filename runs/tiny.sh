#!/usr/bin/env bash
# From nothing to a model that answers, in minutes: vocabulary, pretraining, tuning, evaluation, serving.   runs/tiny.sh [FOLDER [SETTINGS]]
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
folder=$(realpath -m "${1:-$root/target/tiny}")
settings=$(realpath "${2:-$root/runs/tiny.json}")
cd "$root"

model=$(./pollux train "$settings" --into "$folder")
echo "trained: $model"
./pollux evaluate world --model "$model" --limit 540 --json > "$folder/world.json"
grep -m 1 accuracy "$folder/world.json"

# The server prints one line when it is ready, and stops with this script.
served=$folder/serve.log
./pollux serve --model "$model" --port 0 --data "$folder/files" > "$served" &
server=$!
trap 'kill $server' EXIT
until grep -q http "$served"; do
  kill -0 $server || exit 1
  sleep 0.2
done
url=$(grep -o 'http[^ ]*' "$served")
curl --silent --show-error --fail "$url/v1beta/models/gemini-pro:generateContent" \
  -d '{"contents": [{"parts": [{"text": "What is 2 + 3?"}]}], "generationConfig": {"maxOutputTokens": 20}}'

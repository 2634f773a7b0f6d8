#!/usr/bin/env bash
# Nano, pro and ultra on the same rows: is the larger the better at equal data?   runs/sizes.sh [FOLDER [STEPS]]
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
folder=$(realpath -m "${1:-$root/target/sizes}")
steps=${2:-150}
mkdir -p "$folder"
for recipe in nano pro ultra; do
  sed -e "s/RECIPE/$recipe/; s/STEPS/$steps/; s/EVERY/$((steps / 5))/" \
    -e 's/WEIGHTS/{"tinystories": 1, "world": 5}/' "$root/runs/sizes.json" > "$folder/$recipe.json"
  "$root/pollux" train "$folder/$recipe.json" --into "$folder/$recipe"
done

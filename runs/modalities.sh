#!/usr/bin/env bash
# One model for all modalities beside models of the same size for one, each for the same time.   runs/modalities.sh [FOLDER [STEPS]]
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
folder=$(realpath -m "${1:-$root/target/modalities}")
steps=${2:-300}
mkdir -p "$folder"
train() {
  sed -e "s/RECIPE/nano/; s/STEPS/$steps/; s/EVERY/$((steps / 3))/" -e "s/WEIGHTS/$2/" "$root/runs/sizes.json" > "$folder/$1.json"
  if [ "$1" != joint ]; then # The same pieces: else losses per token would not compare, and sounds alone have too few words.
    mkdir -p "$folder/$1"
    cp -r "$folder/joint/tokenizer" "$folder/$1/"
  fi
  "$root/pollux" train "$folder/$1.json" --into "$folder/$1"
}
train joint '{"world.text": 1, "world.picture": 1, "world.sound": 1, "world.film": 1}'
train text '{"world.text": 1}'
train picture '{"world.picture": 1}'
train sound '{"world.sound": 1}'
train film '{"world.film": 1}'

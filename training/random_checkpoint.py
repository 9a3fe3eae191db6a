"""Write a checkpoint of random weights for a config.json: memory, loading and speed of a real shape without its trained weights.

random_checkpoint.py CONFIG FOLDER [--shards 2]: FOLDER gets config.json, model.safetensors (or shards with their index) in single precision, and
reference.json: log-probabilities of a few target ids by reference/families.py in double precision, so that whoever loads the file can tell whether
he computes the same model. Weights are drawn as family_goldens.py draws them.
"""
import argparse
import json
import math
import os
import shutil
import struct

import numpy as np
import torch

from reference.families import family
from reference.random_weights import draw

SEED, GAIN, SOURCE, TARGET = 1, 2.0, 24, 8
ROWS_AT_ONCE = 1 << 22  # values drawn at once: drawing takes several times their memory


def values(name, shape, centre):
    """The tensor in parts, each of some rows."""
    spread = GAIN / math.sqrt(shape[-1]) if len(shape) == 2 and shape[0] > 1 else 0.3
    count, done = math.prod(shape), 0
    while done < count:
        part = min(ROWS_AT_ONCE, count - done)
        yield draw(name, (part,), SEED, centre, spread, start=done)
        done += part


def write(path, tensors):
    """A safetensors file; returns the bytes of its tensors."""
    header, offset = {}, 0
    for name, (shape, _) in tensors.items():
        end = offset + 4 * math.prod(shape)
        header[name] = {"dtype": "F32", "shape": list(shape), "data_offsets": [offset, end]}
        offset = end
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text)
        for name, (shape, centre) in tensors.items():
            for part in values(name, shape, centre):
                f.write(part.tobytes())
    return offset


def write_shards(folder, tensors, count):
    """Tensors in order, cut into files of about the same size, and the index that says which file holds which."""
    total, files, done = sum(math.prod(shape) for shape, _ in tensors.values()), [{} for _ in range(count)], 0
    for name, tensor in tensors.items():
        files[min(done * count // total, count - 1)][name] = tensor
        done += math.prod(tensor[0])
    names = [f"model-{i + 1:05}-of-{count:05}.safetensors" for i in range(count)]
    size = sum(write(os.path.join(folder, name), part) for name, part in zip(names, files))
    with open(os.path.join(folder, "model.safetensors.index.json"), "w", encoding="utf-8") as f:
        json.dump({"metadata": {"total_size": size}, "weight_map": {key: name for name, part in zip(names, files) for key in part}}, f)


def reference(config, tensors):
    model = family(config)(config, {name: np.concatenate(list(values(name, shape, centre))).reshape(shape) for name, (shape, centre) in tensors.items()})
    rng = np.random.default_rng(SEED)
    source, target = (rng.integers(3, config["vocab_size"] - 1, size=size).tolist() for size in (SOURCE, TARGET))
    logits = model.decode([config["decoder_start_token_id"]] + target[:-1], model.encode(source))
    log_probs = torch.log_softmax(logits, -1)[range(TARGET), target]
    return {"source": source, "target": target, "logProbs": [round(x, 7) for x in log_probs.tolist()]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("config")
    parser.add_argument("folder")
    parser.add_argument("--shards", type=int, default=1)
    a = parser.parse_args()
    torch.set_grad_enabled(False)
    with open(a.config, encoding="utf-8") as f:
        config = json.load(f)
    tensors = family(config).tensors(config)
    os.makedirs(a.folder, exist_ok=True)
    if a.shards > 1:
        write_shards(a.folder, tensors, a.shards)
    else:
        write(os.path.join(a.folder, "model.safetensors"), tensors)
    shutil.copyfile(a.config, os.path.join(a.folder, "config.json"))
    with open(os.path.join(a.folder, "reference.json"), "w", encoding="utf-8") as f:
        json.dump(reference(config, tensors), f)
    print(f"{sum(math.prod(shape) for shape, _ in tensors.values()):,} weights in {len(tensors)} tensors")


if __name__ == "__main__":
    main()

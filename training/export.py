"""Averaged weights -> a Hugging Face MarianMTModel folder: model.safetensors (16 bit), config.json, sentencepiece.model."""
import argparse
import json
import os
import shutil
import struct

import numpy as np
import torch

import data
from evaluate import average, rounded
from model import Model

LAYER = {"self.out": "self_attn.out_proj", "self_norm": "self_attn_layer_norm", "cross.q": "encoder_attn.q_proj",
         "cross.out": "encoder_attn.out_proj", "cross_norm": "encoder_attn_layer_norm",
         "fc1": "fc1", "fc2": "fc2", "final_norm": "final_layer_norm"}
PACKED = {"self.qkv": ("self_attn.", "qkv"), "cross.kv": ("encoder_attn.", "kv")}


def hugging_face(state):
    """Our tensors under Hugging Face's names; packed projections are cut apart."""
    out = {"model.shared.weight": state["shared"], "final_logits_bias": state["bias"][None]}
    for name, value in state.items():
        if name in ("shared", "bias"):
            continue
        stack, index, rest = name.split(".", 2)
        module, kind = rest.rsplit(".", 1)
        prefix = f"model.{stack}.layers.{index}."
        if module in PACKED:
            block, letters = PACKED[module]
            for letter, part in zip(letters, value.chunk(len(letters))):
                out[f"{prefix}{block}{letter}_proj.{kind}"] = part
        else:
            out[f"{prefix}{LAYER[module]}.{kind}"] = value
    return out


def write_safetensors(path, tensors, dtype):
    header, chunks, at = {"__metadata__": {"format": "pt"}}, [], 0
    for name in sorted(tensors):
        value = tensors[name].contiguous()
        raw = value.half().numpy().tobytes() if dtype == "f16" else value.bfloat16().view(torch.int16).numpy().tobytes()
        header[name] = {"dtype": dtype.upper(), "shape": list(value.shape), "data_offsets": [at, at + len(raw)]}
        chunks.append(raw)
        at += len(raw)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path + ".tmp", "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + b"".join(chunks))
    os.replace(path + ".tmp", path)


def config(model, dtype):
    layers, ffn = len(model.encoder), model.encoder[0]["fc1"].weight.shape[0]
    out = {
        "architectures": ["MarianMTModel"], "model_type": "marian", "is_encoder_decoder": True,
        "vocab_size": data.VOCAB, "decoder_vocab_size": data.VOCAB, "d_model": model.d, "max_position_embeddings": data.MAX_LENGTH,
        "activation_function": "relu", "scale_embedding": True, "static_position_embeddings": True,
        "normalize_before": False, "normalize_embedding": False, "add_final_layer_norm": False,
        "share_encoder_decoder_embeddings": True, "tie_word_embeddings": True,
        "pad_token_id": data.PAD, "eos_token_id": data.EOS, "unk_token_id": data.UNK, "bos_token_id": None,
        "decoder_start_token_id": data.PAD, "forced_eos_token_id": data.EOS, "bad_words_ids": [[data.PAD]],
        "max_length": data.MAX_LENGTH, "num_beams": 1, "use_cache": True,
        "dropout": 0.3, "attention_dropout": 0.0, "activation_dropout": 0.0, "init_std": 0.02,
        "torch_dtype": {"f16": "float16", "bf16": "bfloat16"}[dtype],
    }
    for side in ("encoder", "decoder"):
        out |= {f"{side}_layers": layers, f"{side}_attention_heads": model.heads, f"{side}_ffn_dim": ffn, f"{side}_layerdrop": 0.0}
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", default=data.DEFAULT_RUN)
    parser.add_argument("--out", default=os.path.join(data.REPO, "samples", "Translate", "model"))
    parser.add_argument("--average", type=int, default=5)
    parser.add_argument("--last", type=int)
    parser.add_argument("--dtype", default="f16", choices=["f16", "bf16"])
    a = parser.parse_args()
    os.makedirs(a.out, exist_ok=True)
    state, steps = average(a.run, a.average, a.last)
    state = {k: rounded(v, a.dtype) for k, v in state.items()}
    assert not state["shared"][data.PAD].any() and all(torch.isfinite(v).all() for v in state.values())
    tensors = hugging_face(state)
    write_safetensors(os.path.join(a.out, "model.safetensors"), tensors, a.dtype)
    with open(os.path.join(a.out, "config.json"), "w") as f:
        json.dump(config(Model(), a.dtype), f, indent=2)
        f.write("\n")
    shutil.copyfile(os.path.join(a.run, "sentencepiece.model"), os.path.join(a.out, "sentencepiece.model"))
    print(f"mean of steps {steps}: {len(tensors)} tensors, largest value "
          f"{max(float(v.abs().max()) for k, v in tensors.items() if k != 'final_logits_bias'):.2f}")


if __name__ == "__main__":
    main()

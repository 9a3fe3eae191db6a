"""Models written from the description of each family, in double precision; nothing here is shared with the compiled models.

trained: the sample's and two published models in NumPy. families: every Hugging Face family in PyTorch, from its config.json.
"""
from .trained import Transformer, aren, bart, gelu, log_softmax, marian, read_safetensors, relu

__all__ = ["Transformer", "aren", "bart", "gelu", "log_softmax", "marian", "read_safetensors", "relu"]

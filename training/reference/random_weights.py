"""Random weights that any language can draw again: SplitMix64 (Steele, Lea and Flood, 2014), started from a tensor's name.

The i-th value of a tensor is centre + spread * (2u - 1), u the upper 53 bits of the i-th output over 2^53, computed in double and rounded to
single precision. The state starts at seed + FNV-1a of the name.
"""
import numpy as np

MASK = (1 << 64) - 1


def fnv1a(name):
    value = 0xCBF29CE484222325
    for byte in name.encode():
        value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


def draw(name, shape, seed, centre, spread, start=0):
    """Values of a tensor from number start on, as many as shape has."""
    count = int(np.prod(shape))
    with np.errstate(over="ignore"):
        z = np.uint64((fnv1a(name) + seed) & MASK) + np.arange(start + 1, start + count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    u = (z >> np.uint64(11)).astype(np.float64) / 2.0 ** 53
    return (centre + spread * (2 * u - 1)).astype(np.float32).reshape(shape)

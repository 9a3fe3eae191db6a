using System.ComponentModel;

namespace Formwork.Weights;

/// <summary>
/// The sinusoidal position encodings in use. They look alike and are not interchangeable: a model run with another one's formula still
/// produces plausible tokens, with wrong scores. p is the position, d the width, j counts sine-cosine pairs from 0.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum SinusoidKind
{
    /// <summary>Angle <c>p·10000^(−2j/d)</c>; all sines, then all cosines. Hugging Face's Marian and Pegasus
    /// (<c>MarianSinusoidalPositionalEmbedding</c>), CTranslate2's Marian converter. An odd width has one more sine than cosines.</summary>
    HuggingFace,

    /// <summary>Angle <c>p·exp(−j·ln(10000)/(d/2−1))</c>; all sines, then all cosines. tensor2tensor (<c>get_timing_signal_1d</c>), Marian's
    /// own C++, OpenNMT-tf, fairseq, M2M100, Whisper's encoder. The denominator is at least 1, as in tensor2tensor, so that a width of 2
    /// has the angle p; an odd width ends with a zero.</summary>
    TensorToTensor,

    /// <summary>Angle <c>p·10000^(−2j/d)</c>; sine j at 2j, cosine j at 2j+1 (Vaswani et al. 2017, §3.5; OpenNMT-py). An odd width ends with a sine.</summary>
    Interleaved,
}

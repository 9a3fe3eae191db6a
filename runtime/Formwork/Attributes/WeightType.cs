namespace Formwork;

/// <summary>
/// How a matrix lies in memory. Files of any float type load into any of these; biases, norms and position tables stay
/// <see cref="Float32"/>, and so does every sum. docs/performance.md has what each costs in accuracy.
/// </summary>
public enum WeightType
{
    /// <summary>32 bits a weight: exactly what the checkpoint holds.</summary>
    Float32,

    /// <summary>16 bits a weight: the upper half of a float, 8 significant bits.</summary>
    BFloat16,

    /// <summary>16 bits a weight: IEEE half precision, 11 significant bits, up to 65504. Exact for checkpoints that store F16.</summary>
    Float16,

    /// <summary>
    /// 8 bits a weight and a scale for each output. Activations are quantised to 8 bits too, each row with a scale of its own at the
    /// moment of use, and the products are summed exactly in integers.
    /// </summary>
    Int8,

    /// <summary>4 bits a weight and a 16-bit scale for every 32 inputs of an output; activations as for <see cref="Int8"/>.</summary>
    Int4,
}

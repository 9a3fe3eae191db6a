using Formwork.Generator.Model;

namespace Formwork.Generator.Manifests;

/// <summary>A place in a manifest.</summary>
/// <param name="Line">The line, counted from 0.</param>
/// <param name="Start">The line's first character in the text.</param>
/// <param name="Length">Its characters, the line end left out.</param>
internal sealed record ManifestPlace(int Line, int Start, int Length);

/// <summary>One tensor of a weight file.</summary>
/// <param name="Type">Its element type, as safetensors calls it.</param>
/// <param name="Shape">Its dimensions; none for a scalar.</param>
/// <param name="Sha256">The checksum of its bytes in hexadecimal.</param>
/// <param name="Name">Its name.</param>
/// <param name="Place">Its line.</param>
internal sealed record ManifestTensor(string Type, EquatableArray<long> Shape, string Sha256, string Name, ManifestPlace Place);

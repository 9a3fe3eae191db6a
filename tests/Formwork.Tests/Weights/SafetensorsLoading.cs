using Formwork.Weights;

namespace Formwork.Tests.Weights;

/// <summary>Loads a safetensors file for a manifest alone: no fingerprint, and so no packed weights.</summary>
internal static class SafetensorsLoading
{
    public static WeightMemory Load(byte[] bytes, WeightManifest manifest) => Load(bytes.AsMemory(), manifest);

    public static WeightMemory Load(ReadOnlyMemory<byte> bytes, WeightManifest manifest)
    {
        using var file = SafetensorsFile.FromMemory(bytes);
        return WeightLoader.Load(file, manifest);
    }

    public static WeightMemory Load(string path, WeightManifest manifest)
    {
        using var file = SafetensorsFile.Open(path);
        return WeightLoader.Load(file, manifest);
    }
}

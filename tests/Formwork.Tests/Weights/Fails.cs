using Formwork.Weights;

namespace Formwork.Tests.Weights;

internal static class Fails
{
    /// <summary>Asserts that opening these bytes fails with the code and with every part of the message, from memory and from a file alike.</summary>
    public static WeightLoadException Open(byte[] bytes, WeightLoadError code, params string[] parts)
    {
        using var file = new TemporaryFile(bytes);
        var fromFile = Assert.Throws<WeightLoadException>(() => SafetensorsFile.Open(file.Path));
        file.AssertClosed();
        var fromMemory = Assert.Throws<WeightLoadException>(() => SafetensorsFile.FromMemory(bytes));
        Assert.Equal(fromFile.Code, fromMemory.Code);
        return Check(fromFile, code, parts);
    }

    public static WeightLoadException Load(byte[] bytes, WeightManifest manifest, WeightLoadError code, params string[] parts) =>
        Check(Assert.Throws<WeightLoadException>(() => SafetensorsLoading.Load(bytes, manifest)), code, parts);

    public static WeightLoadException Check(WeightLoadException e, WeightLoadError code, params string[] parts)
    {
        Assert.True(e.Code == code, $"{e.Code}, not {code}: {e.Message}");
        Assert.All(parts, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', e.Message);
        Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        return e;
    }
}

namespace Formwork.Tests.Weights;

internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(byte[] bytes) => File.WriteAllBytes(Path, bytes);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"formwork-{Guid.NewGuid():N}.safetensors");

    /// <summary>Fails if anyone still holds the file: opening for exclusive use is refused by a lock that is not released.</summary>
    public void AssertClosed()
    {
        using FileStream exclusive = File.Open(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        if (OperatingSystem.IsLinux())
        {
            Assert.DoesNotContain(Path, File.ReadAllText("/proc/self/maps"), StringComparison.Ordinal);
        }
    }

    public void Dispose() => File.Delete(Path);
}

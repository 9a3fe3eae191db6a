using System.Reflection;

namespace Formwork.Tests.Weights;

/// <summary>An assembly of another loader, whose resources are no mapped memory.</summary>
internal sealed class StreamAssembly(byte[] content) : Assembly
{
    /// <summary>The stream that was handed out last.</summary>
    public Stream? Last { get; private set; }

    public override Stream GetManifestResourceStream(string name) => Last = new MemoryStream(content);
}

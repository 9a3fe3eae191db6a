using System.Text.Json;

namespace Formwork.Tool.Tests.Harness;

/// <summary>How a run of the tool ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    /// <summary>Asserts that all went well and that there was nothing to say about it.</summary>
    public ToolResult Succeeded()
    {
        Assert.Equal("", Error);
        Assert.Equal(0, ExitCode);
        return this;
    }

    /// <summary>Standard output, which must be one JSON document and nothing else.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    /// <summary>Asserts that the tool said in one line what is wrong.</summary>
    public ToolResult FailedWith(int exitCode, params string[] words)
    {
        string line = Assert.Single(Error.TrimEnd().ReplaceLineEndings("\n").Split('\n'));
        Assert.StartsWith("formwork: ", line, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.Equal(exitCode, ExitCode);
        return this;
    }

    /// <summary>Asserts that nothing was printed as a result.</summary>
    public ToolResult Silent()
    {
        Assert.Equal("", Output);
        return this;
    }
}

using System.Text;

namespace Formwork.Samples.Tests;

/// <summary>How a run of the program ended.</summary>
internal sealed record ProgramResult(int ExitCode, byte[] OutputBytes, string Error)
{
    /// <summary>What the program calls itself before an error.</summary>
    public string Program { get; init; } = "translate";

    /// <summary>Standard output, in which every byte must be UTF-8.</summary>
    public string Output { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(OutputBytes);

    /// <summary>The lines of standard output, the last of which must be ended too.</summary>
    public string[] Lines
    {
        get
        {
            string[] lines = Output.ReplaceLineEndings("\n").Split('\n');
            Assert.Equal("", lines[^1]);
            return lines[..^1];
        }
    }

    /// <summary>Asserts that the program did its work and had nothing to say about it.</summary>
    public ProgramResult Succeeded()
    {
        Assert.Equal("", Error);
        Assert.Equal(0, ExitCode);
        return this;
    }

    /// <summary>Asserts that the program did its work; it may have remarks, since odd input can make any model run on to its limit.</summary>
    public ProgramResult Worked()
    {
        Assert.Equal(0, ExitCode);
        Assert.All(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("note: ", line, StringComparison.Ordinal));
        return this;
    }

    /// <summary>Asserts that the program refused with one line that says all these things, and printed nothing else.</summary>
    public void RefusedWith(params string[] words)
    {
        Assert.Equal(2, ExitCode);
        Assert.Equal("", Output);
        string line = Assert.Single(Error.TrimEnd().ReplaceLineEndings("\n").Split('\n'));
        Assert.StartsWith(Program + ": ", line, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
    }
}

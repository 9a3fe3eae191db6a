using System.Globalization;
using System.IO.Compression;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using Formwork.Tests;

namespace Formwork.Package.Tests;

/// <summary>The sample that is one native file: what it prints, and what it takes.</summary>
[Collection(Publishing.Name)]
public sealed partial class NativeAotSampleTests(PublishedSample sample) : IClassFixture<PublishedSample>
{
    private const int Megabyte = 1_000_000;

    /// <summary>The program and its vocabulary take so much beside the weights.</summary>
    private const int ProgramBytes = 3 * Megabyte;

    /// <summary>The process takes so much beside the weights, and other kernels and C libraries round it up by one megabyte more.</summary>
    private const int ProcessBytes = (8 + 1) * Megabyte;

    [SkippableFact]
    public void It_is_published_without_a_warning_as_one_small_file()
    {
        SkipWithoutTools();
        Assert.DoesNotContain("warning", sample.Log, StringComparison.OrdinalIgnoreCase);
        long length = new FileInfo(sample.Program).Length;
        Assert.InRange(length, PublishedSample.WeightBytes, PublishedSample.WeightBytes + ProgramBytes);
        Assert.Equal(["translate"], Directory.EnumerateFiles(Path.GetDirectoryName(sample.Program)!).Select(static path => Path.GetFileName(path)).Where(static name => Path.GetExtension(name) is not (".dbg" or ".pdb" or ".xml")));
    }

    [SkippableFact]
    public void It_translates_its_arguments()
    {
        SkipWithoutTools();
        Assert.Equal("Deux chiens courent sur la plage.\nUn homme dort.\n", Command.Run(sample.Program, "Two dogs run on the beach.", "A man is sleeping."));
    }

    [SkippableFact]
    public void It_translates_each_line_of_its_input()
    {
        SkipWithoutTools();
        CommandResult result = Command.TryRun(new(sample.Program), "Two dogs run on the beach.\r\n\nA man is sleeping.");
        Assert.Equal(("Deux chiens courent sur la plage.\n\nUn homme dort.\n", string.Empty, 0), (result.Output, result.Error, result.ExitCode));
        Assert.Equal((string.Empty, 0), (Command.TryRun(new(sample.Program), string.Empty).Output, result.ExitCode));
    }

    [SkippableFact]
    public void It_translates_a_thousand_sentences_as_under_the_JIT_in_little_memory()
    {
        SkipWithoutTools();
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedFolder.File("data", "multi30k", "test_2016_flickr.en.gz")), CompressionMode.Decompress));
        string sentences = reader.ReadToEnd();
        CommandResult native = Command.TryRun(new(sample.Program, ["--time"]), sentences);
        CommandResult jit = Command.TryRun(PublishedSample.UnderJit(), sentences);
        Assert.Equal((0, 0), (native.ExitCode, jit.ExitCode));
        Assert.Contains("kernels      Avx2", native.Error, StringComparison.Ordinal);
        Assert.Contains("kernels      Avx2", jit.Error, StringComparison.Ordinal);
        Assert.Equal(1000, native.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(jit.Output.Split('\n'), native.Output.Split('\n'));

        long peak = 1024 * long.Parse(PeakMemory().Match(native.Error).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(peak, PublishedSample.WeightBytes, PublishedSample.WeightBytes + ProcessBytes);
    }

    [SkippableTheory]
    [InlineData("translate: there is no option '--beam'", "--beam")]
    [InlineData("translate: a sentence has", null)]
    public void It_says_in_one_line_what_is_wrong(string message, string? argument)
    {
        SkipWithoutTools();
        CommandResult result = Command.TryRun(new(sample.Program, [argument ?? string.Concat(Enumerable.Repeat("dogs ", 200))]), string.Empty);
        Assert.Equal(2, result.ExitCode);
        Assert.StartsWith(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(1, result.Error.Count(static character => character == '\n'));
    }

    private static void SkipWithoutTools()
    {
        NativeTools.SkipWithout();
        Skip.IfNot(Avx2.IsSupported && Fma.IsSupported, "The sample is published for processors with AVX2 and FMA.");
    }

    [GeneratedRegex(@"peak memory  (\d+) kB")]
    private static partial Regex PeakMemory();
}

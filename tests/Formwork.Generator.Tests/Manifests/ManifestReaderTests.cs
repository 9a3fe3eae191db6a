using Formwork.Generator.Lowering;
using Formwork.Generator.Manifests;
using Formwork.Generator.Tests.Harness;

namespace Formwork.Generator.Tests.Manifests;

/// <summary>The manifest's text: what it may look like, which line a fault is on, and that no text throws.</summary>
public class ManifestReaderTests
{
    private const string Heading = "# formwork weight manifest 1\n";
    private const string Sha = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Fact]
    public void Reads_tensors_comments_and_blank_lines()
    {
        WeightManifest manifest = ManifestReader.Read($"{Heading}# a comment\n\nF16 8000x128 {Sha} model.shared.weight\r\n  \nF32 scalar {Sha} a b\nBF16 0 {Sha} c");
        Assert.Null(manifest.Fault);
        Assert.Equal(["F16", "F32", "BF16"], manifest.Tensors.Select(static tensor => tensor.Type));
        Assert.Equal(["model.shared.weight", "a b", "c"], manifest.Tensors.Select(static tensor => tensor.Name));
        Assert.Equal([8000L, 128L], manifest.Tensors[0].Shape);
        Assert.Empty(manifest.Tensors[1].Shape);
        Assert.Equal([0L], manifest.Tensors[2].Shape);
        Assert.Equal([3, 5, 6], manifest.Tensors.Select(static tensor => tensor.Place.Line));
        Assert.Equal(Sha["sha256:".Length..], manifest.Tensors[0].Sha256);
    }

    [Theory]
    [InlineData(@"a\\b", @"a\b")]
    [InlineData(@"a\u001fb", "a\u001fb")]
    [InlineData(@"a\u0085\u000A", "a\u0085\n")]
    [InlineData("größe", "größe")]
    [InlineData(" leading", " leading")]
    public void Undoes_escapes_of_names(string written, string name)
    {
        WeightManifest manifest = ManifestReader.Read($"{Heading}F32 1 {Sha} {written}");
        Assert.Null(manifest.Fault);
        Assert.Equal(name, Assert.Single(manifest.Tensors).Name);
    }

    [Theory]
    [InlineData("", 0, "'# formwork weight manifest 1' was expected")]
    [InlineData("F32 1 sha256:00 a", 0, "'# formwork weight manifest 1' was expected")]
    [InlineData("# formwork weight manifest 2\n", 0, "another version")]
    [InlineData("# formwork weight manifest 1 \n", 0, "another version")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:00", 0, "git lfs pull")]
    [InlineData(Heading + "F32", 1, "TYPE SHAPE sha256:HEX NAME")]
    [InlineData(Heading + "F32 1 " + Sha, 1, "TYPE SHAPE sha256:HEX NAME")]
    [InlineData(Heading + "F32 1 " + Sha + " ", 1, "TYPE SHAPE sha256:HEX NAME")]
    [InlineData(Heading + "\n# x\nF99 1 " + Sha + " a", 3, "'F99' is no element type")]
    [InlineData(Heading + "f32 1 " + Sha + " a", 1, "'f32' is no element type")]
    [InlineData(Heading + "F32 01 " + Sha + " a", 1, "'01' is no shape")]
    [InlineData(Heading + "F32 1x " + Sha + " a", 1, "'1x' is no shape")]
    [InlineData(Heading + "F32 -1 " + Sha + " a", 1, "'-1' is no shape")]
    [InlineData(Heading + "F32 Scalar " + Sha + " a", 1, "'Scalar' is no shape")]
    [InlineData(Heading + "F32 1x1x1x1x1x1x1x1x1 " + Sha + " a", 1, "is no shape")]
    [InlineData(Heading + "F32 9007199254740993 " + Sha + " a", 1, "is no shape")]
    [InlineData(Heading + "F32 99999999999999999999 " + Sha + " a", 1, "is no shape")]
    [InlineData(Heading + "F32  1 " + Sha + " a", 1, "'' is no shape")]
    [InlineData(Heading + "F32 1 sha256:00 a", 1, "64 hexadecimal digits")]
    [InlineData(Heading + "F32 1 SHA256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef a", 1, "64 hexadecimal digits")]
    [InlineData(Heading + "F32 1 sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef a", 1, "64 hexadecimal digits")]
    [InlineData(Heading + "F32 1 " + Sha + " a\\", 1, "for a backslash")]
    [InlineData(Heading + "F32 1 " + Sha + " a\\n", 1, "for a backslash")]
    [InlineData(Heading + "F32 1 " + Sha + " a\\u00", 1, "for a backslash")]
    [InlineData(Heading + "F32 1 " + Sha + " a\\u0141", 1, "for a backslash")]
    [InlineData(Heading + "F32 1 " + Sha + " a\tb", 1, "for a control character")]
    [InlineData(Heading + "F32 1 " + Sha + " a\rb", 1, "for a control character")]
    [InlineData(Heading + "F32 1 " + Sha + " a\nF16 2 " + Sha + " a", 2, "'a' is listed twice")]
    public void Says_what_is_wrong_on_which_line(string text, int line, string reason)
    {
        WeightManifest manifest = ManifestReader.Read(text);
        Assert.Equal(line, manifest.Fault?.Place.Line);
        Assert.Contains(reason, manifest.Fault!.Reason, StringComparison.Ordinal);
        Assert.Empty(manifest.Tensors);
    }

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void Names_are_as_long_as_the_loader_allows(int length, bool isFine) =>
        Assert.Equal(isFine, ManifestReader.Read($"{Heading}F32 1 {Sha} {new string('a', length)}").Fault is null);

    [Fact]
    public void No_text_throws()
    {
        const int Texts = 10_000;
        WeightPlan weights = ManifestAgreementTests.Weights(Declarations.Tiny);
        string right = TensorFile.Manifest(TensorFile.For(weights));
        var random = new Random(7);
        int refused = 0;
        int read = 0;
        for (int attempt = 0; attempt < Texts; attempt++)
        {
            string text = Changed(right, random);
            ManifestFinding[] findings = [.. ManifestMatch.Check("file", "Tiny", weights, text)];
            _ = findings.Any(static finding => finding.Id == "FW0202") ? refused++ : read++;
            Assert.All(findings, finding =>
            {
                Assert.Equal(Diagnostics.Descriptors.ById(finding.Id).MessageFormat.ToString().Split('{').Skip(1).Max(static hole => hole[0] - '0') + 1, finding.Arguments.Count);
                Assert.True(finding.Place is null || (finding.Place.Start >= 0 && finding.Place.Start + finding.Place.Length <= text.Length));
            });
        }

        // Both outcomes must be there, or the texts were not worth much.
        Assert.InRange(refused, Texts / 10, Texts);
        Assert.InRange(read, Texts / 20, Texts);
    }

    private static string Changed(string text, Random random)
    {
        for (int edit = random.Next(1, 4); edit > 0; edit--)
        {
            int place = random.Next(text.Length);
            int length = random.Next(Math.Min(200, text.Length - place));
            text = random.Next(5) switch
            {
                0 => text.Remove(place, length),
                1 => text.Insert(place, text.Substring(place, length)),
                2 => text.Insert(place, ((char)random.Next(0x10000)).ToString()),
                3 => text.Remove(place, 1).Insert(place, "x0 \\\n\r:1F"[random.Next(9)].ToString()),
                _ => string.Concat(text.AsSpan(0, text.IndexOf('\n') + 1), text.AsSpan(Math.Min(text.Length, text.IndexOf('\n') + 1 + random.Next(400)))),
            };
            text += text.Length == 0 ? "#" : string.Empty;
        }

        return text;
    }
}

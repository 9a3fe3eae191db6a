using System.Text;

namespace Formwork.Tool.Tests;

/// <summary>Files that are no weights, or not sound: each command says what they are, and writes nothing.</summary>
public sealed class BadFileTests
{
    public static TheoryData<string, string> Files => new()
    {
        { "empty", "empty" },
        { "short", "5 bytes" },
        { "header cut", "header is" },
        { "data cut", "incomplete" },
        { "trailing", "follow" },
        { "pickle", "pickle" },
        { "zip", "ZIP archive" },
        { "gguf", "GGUF" },
        { "lfs", "git lfs pull" },
        { "html", "web page" },
        { "json", "JSON" },
        { "long header", "allows" },
        { "big endian", "most significant byte first" },
        { "duplicate", "twice" },
        { "overlap", "inside tensor" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_command_says_what_the_file_is_and_writes_nothing(string kind, string words)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("model.safetensors", Bytes(kind));
        string output = folder.File("output");

        foreach (string[] arguments in Commands(file, output))
        {
            ToolRun.Run(arguments).FailedWith(1, words).Silent();
            ToolRun.Run([.. arguments, "--json"]).FailedWith(1, words).Silent();
        }

        Assert.Equal(["model.safetensors"], folder.Names);
    }

    [Fact]
    public void Packed_weights_that_are_cut_short_are_told_so()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("model.fw", [0x89, .. "FWK\r\n"u8, 0x1A, (byte)'\n', .. new byte[20]]);

        ToolRun.Run("inspect", file).FailedWith(1, "incomplete").Silent();
        ToolRun.Run("pack", file, "--declaration", TestModels.SampleDeclaration, "-o", folder.File("output")).FailedWith(1, "incomplete").Silent();
        ToolRun.Run("manifest", file).FailedWith(1, "packed weights").Silent();
        Assert.Equal(["model.fw"], folder.Names);
    }

    [Fact]
    public void A_path_without_a_file_is_wrong_usage()
    {
        using var folder = new TemporaryFolder();
        foreach (string[] arguments in Commands(folder.File("none.safetensors"), folder.File("output")))
        {
            ToolRun.Run(arguments).FailedWith(2, "none.safetensors", "no such file").Silent();
        }

        foreach (string[] arguments in Commands(folder.Path, folder.File("output")))
        {
            ToolRun.Run(arguments).FailedWith(2, "is a folder").Silent();
        }

        Assert.Empty(folder.Names);
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_not_packed_or_measured()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = File.ReadAllBytes(TestModels.Sample);
        // The data end with a tensor of the model, whose last F16 becomes NaN.
        bytes[^1] = 0x7E;
        string file = folder.Write("nan.safetensors", bytes);

        ToolRun.Run("pack", file, "--declaration", TestModels.SampleDeclaration, "-o", folder.File("model.fw")).FailedWith(1, "NaN").Silent();
        ToolRun.Run("inspect", file).FailedWith(1, "1 NaN");
        string matrix = folder.Write("matrix.safetensors", new SafetensorsBytes().Add("m", "F32", [2, 2], 0f, 1f, float.NaN, 2f).ToBytes());
        ToolRun.Run("quantize", matrix, "--type", "int8").FailedWith(1, "'m' holds NaN at [1, 0]").Silent();
        Assert.Equal(["matrix.safetensors", "nan.safetensors"], folder.Names);
    }

    [Fact]
    public void Doubles_are_refused_by_their_type()
    {
        using var folder = new TemporaryFolder();
        SafetensorsBytes bytes = new();
        foreach (StoredTensor tensor in StoredTensor.ReadAll(TestModels.Sample))
        {
            bytes.Add(tensor.Name, "F64", tensor.Shape, Array.ConvertAll(tensor.Floats(), static value => (double)value));
        }
        string file = folder.Write("doubles.safetensors", bytes.ToBytes());

        ToolRun.Run("pack", file, "--declaration", TestModels.SampleDeclaration, "-o", folder.File("model.fw"))
            .FailedWith(1, "is stored as F64 and only F32, F16 and BF16 can be read", "Convert the checkpoint to F32 or F16").Silent();
        ToolRun.Run("quantize", file, "--type", "int8").FailedWith(1, "has no matrix of F32, F16 or BF16").Silent();
        Assert.Equal(["doubles.safetensors"], folder.Names);
    }

    [SkippableFact]
    public void A_target_that_cannot_be_written_leaves_nothing()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "No process may make files in Linux's /proc, whatever its rights.");

        ToolRun.Run("manifest", TestModels.Sample, "-o", "/proc/model.manifest").FailedWith(3, "/proc/model.manifest", "could not be written").Silent();
        ToolRun.Run("pack", TestModels.Sample, "--declaration", TestModels.SampleDeclaration, "-o", "/proc/model.fw").FailedWith(3, "/proc/model.fw", "could not be written").Silent();
    }

    [Fact]
    public void A_path_that_makes_no_sense_is_refused_before_the_work()
    {
        using var folder = new TemporaryFolder();
        string declaration = folder.File("Models.cs");
        File.Copy(TestModels.SampleDeclaration, declaration);
        string file = folder.File("model.safetensors");
        File.Copy(TestModels.Sample, file);
        string none = Path.Combine(folder.Path, "none", "output");

        ToolRun.Run("manifest", file, "-o", file).FailedWith(2, "would replace").Silent();
        ToolRun.Run("manifest", file, "-o", folder.Path).FailedWith(2, "is a folder").Silent();
        ToolRun.Run("manifest", file, "-o", none).FailedWith(2, "folder does not exist").Silent();
        ToolRun.Run("manifest", file, "-o", "").FailedWith(2, "-o").Silent();
        ToolRun.Run("pack", file, "--declaration", declaration, "-o", declaration).FailedWith(2, "would replace").Silent();
        ToolRun.Run("pack", file, "--declaration", declaration, "-o", none).FailedWith(2, "folder does not exist").Silent();
        ToolRun.Run("quantize", file, "--type", "int8", "--declaration", declaration, "-o", file).FailedWith(2, "would replace").Silent();
        ToolRun.Run("plan", "--declaration", declaration, "-o", declaration).FailedWith(2, "would replace").Silent();

        Assert.Equal(File.ReadAllBytes(TestModels.Sample), File.ReadAllBytes(file));
        Assert.Equal(File.ReadAllBytes(TestModels.SampleDeclaration), File.ReadAllBytes(declaration));
        Assert.Equal(["Models.cs", "model.safetensors"], folder.Names);
    }

    private static string[][] Commands(string file, string output) =>
    [
        ["inspect", file],
        ["manifest", file, "-o", output],
        ["pack", file, "--declaration", TestModels.SampleDeclaration, "-o", output],
        ["quantize", file, "--type", "int8"],
        ["quantize", file, "--type", "int4", "--declaration", TestModels.SampleDeclaration, "-o", output],
    ];

    private static byte[] Bytes(string kind)
    {
        byte[] sound = new SafetensorsBytes().Add("t", "F32", [2, 2], 1f, 2f, 3f, 4f).ToBytes();
        return kind switch
        {
            "empty" => [],
            "short" => sound[..5],
            "header cut" => sound[..20],
            "data cut" => sound[..^3],
            "trailing" => [.. sound, 0],
            "pickle" => [0x80, 2, .. "}q\0."u8],
            "zip" => [.. "PK\x03\x04"u8, .. new byte[40]],
            "gguf" => [.. "GGUF"u8, 3, 0, 0, 0, .. new byte[40]],
            "lfs" => Encoding.ASCII.GetBytes("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"),
            "html" => Encoding.ASCII.GetBytes("<!DOCTYPE html><html></html>"),
            "json" => Encoding.ASCII.GetBytes("{\"weight_map\": {}}"),
            "long header" => [.. BitConverter.GetBytes(1L << 62), .. "{}"u8],
            "big endian" => [.. sound[..8].Reverse(), .. sound[8..]],
            "duplicate" => Header("""{"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"t":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1),
            "overlap" => Header("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    private static byte[] Header(string json, int data) => [.. BitConverter.GetBytes((long)json.Length), .. Encoding.ASCII.GetBytes(json), .. new byte[data]];
}

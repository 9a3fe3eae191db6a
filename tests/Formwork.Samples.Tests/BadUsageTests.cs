namespace Formwork.Samples.Tests;

public sealed class BadUsageTests
{
    private const string Cat = "A cat sits on a mat.";

    [Theory]
    [InlineData("--colour")]
    [InlineData("-x")]
    [InlineData("--show-attentoin")]
    public void An_unknown_option_is_named(string option) => TranslateProgram.Run(option, Cat).RefusedWith(option);

    [Theory]
    [InlineData("9")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("5")]
    public void A_layer_that_is_not_there_is_refused(string layer) =>
        TranslateProgram.Run("--show-attention", "--layer", layer, Cat).RefusedWith(layer, "1 to 4");

    [Theory]
    [InlineData("--layer", "two", "--show-attention")]
    [InlineData("--show-attention", "--layer")]
    [InlineData("--show-attention", "--layer", "99999999999")]
    public void A_layer_that_is_no_number_is_refused(params string[] arguments) =>
        TranslateProgram.Run([Cat, .. arguments]).RefusedWith("--layer");

    [Fact]
    public void A_layer_without_anything_to_draw_is_refused() => TranslateProgram.Run("--layer", "2", Cat).RefusedWith("--layer", "--show-attention");

    [Theory]
    [InlineData("--show-attention")]
    [InlineData("--attention-svg", "never-written.svg")]
    [InlineData("--align")]
    public void Attention_without_cross_attention_is_refused(params string[] arguments)
    {
        TranslateProgram.Run([Cat, "--without-cross-attention", .. arguments]).RefusedWith("--without-cross-attention", "--show-attention");
        Assert.False(File.Exists("never-written.svg"));
    }

    [Fact]
    public void A_picture_of_standard_input_is_refused() => TranslateProgram.RunWithInput($"{Cat}\n", "--attention-svg", "a.svg").RefusedWith("--attention-svg", "arguments");

    [Fact]
    public void A_missing_model_folder_is_named() => TranslateProgram.Run("--model", "no-such-folder", Cat).RefusedWith("no-such-folder", "does not exist");

    [Fact]
    public void An_empty_model_folder_is_refused_with_the_file_that_is_missing()
    {
        using var folder = new TemporaryFolder();

        TranslateProgram.Run("--model", folder.Path, Cat).RefusedWith("sentencepiece.model");
    }

    [Fact]
    public void A_folder_without_weights_is_refused_with_the_file_that_is_missing()
    {
        TranslateProgram.RequireModel();
        using var folder = new TemporaryFolder();
        File.Copy(TranslateProgram.TokenizerFile, folder.File("sentencepiece.model"));

        TranslateProgram.Run("--model", folder.Path, Cat).RefusedWith("model.safetensors");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(40)]
    public void Weights_with_a_damaged_header_are_refused(int offset)
    {
        TranslateProgram.RequireModel();
        using var folder = new TemporaryFolder();
        folder.CopyModel();
        Flip(folder.File("model.safetensors"), offset);

        TranslateProgram.Run("--model", folder.Path, Cat).RefusedWith("model.safetensors");
    }

    [Fact]
    public void Weights_that_are_cut_short_are_refused()
    {
        TranslateProgram.RequireModel();
        using var folder = new TemporaryFolder();
        folder.CopyModel();
        using (FileStream file = File.OpenWrite(folder.File("model.safetensors")))
        {
            file.SetLength(file.Length / 2);
        }

        TranslateProgram.Run("--model", folder.Path, Cat).RefusedWith("model.safetensors");
    }

    [Fact]
    public void A_damaged_vocabulary_is_refused()
    {
        TranslateProgram.RequireModel();
        using var folder = new TemporaryFolder();
        folder.CopyModel();
        Flip(folder.File("sentencepiece.model"), 0);

        TranslateProgram.Run("--model", folder.Path, Cat).RefusedWith("sentencepiece.model");
    }

    [Fact]
    public void Weights_in_the_place_of_the_vocabulary_are_refused()
    {
        TranslateProgram.RequireModel();
        using var folder = new TemporaryFolder();
        folder.CopyModel();
        File.Copy(TranslateProgram.WeightsFile, folder.File("sentencepiece.model"), overwrite: true);

        TranslateProgram.Run("--model", folder.Path, Cat).RefusedWith("sentencepiece.model");
    }

    [Fact]
    public void A_picture_that_cannot_be_written_is_an_error_after_the_translation()
    {
        TranslateProgram.RequireModel();
        using var folder = new TemporaryFolder();

        ProgramResult result = TranslateProgram.Run(Cat, "--attention-svg", folder.File("no/such/folder.svg"));

        Assert.Equal(2, result.ExitCode);
        French.AssertLooksFrench(Assert.Single(result.Lines));
        Assert.Contains("cannot be written", Assert.Single(result.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static void Flip(string path, int offset)
    {
        using FileStream file = File.Open(path, FileMode.Open);
        file.Position = offset;
        int value = file.ReadByte();
        file.Position = offset;
        file.WriteByte((byte)~value);
    }
}

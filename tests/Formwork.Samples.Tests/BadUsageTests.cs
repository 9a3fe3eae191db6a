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

    [Theory]
    [InlineData("--beam", "9")]
    [InlineData("--beam", "0")]
    [InlineData("--beam", "four")]
    [InlineData("--beam", "-1")]
    [InlineData("--n-best", "0")]
    [InlineData("--n-best", "2.5")]
    [InlineData("--n-best", "1001", "--sample")]
    [InlineData("--alternatives", "0")]
    [InlineData("--alternatives", "99999999999")]
    [InlineData("--temperature", "0", "--sample")]
    [InlineData("--temperature", "NaN", "--sample")]
    [InlineData("--temperature", "0,8", "--sample")]
    [InlineData("--top-k", "0", "--sample")]
    [InlineData("--top-p", "0", "--sample")]
    [InlineData("--top-p", "1.1", "--sample")]
    [InlineData("--seed", "-1", "--sample")]
    [InlineData("--seed", "18446744073709551616", "--sample")]
    public void A_number_out_of_range_is_refused_with_it(params string[] arguments) =>
        TranslateProgram.Run([Cat, .. arguments]).RefusedWith($"{arguments[0]} {arguments[1]}:");

    [Theory]
    [InlineData("--n-best", "--beam", "--n-best", "3")]
    [InlineData("--n-best", "--beam", "--n-best", "3", "--beam", "2")]
    [InlineData("--sample", "--beam", "--sample", "--beam", "2")]
    [InlineData("--temperature", "--sample", "--temperature", "0.8")]
    [InlineData("--top-k", "--sample", "--top-k", "20", "--beam", "4")]
    [InlineData("--top-p", "--sample", "--top-p", "0.9")]
    [InlineData("--seed", "--sample", "--seed", "0")]
    [InlineData("--stream", "--beam", "--stream", "--beam", "2")]
    [InlineData("--stream", "--n-best", "--stream", "--n-best", "1")]
    [InlineData("--stream", "--time", "--stream", "--time")]
    [InlineData("--alternatives", "--sample", "--alternatives", "2", "--sample")]
    [InlineData("--alternatives", "--n-best", "--alternatives", "2", "--beam", "2", "--n-best", "2")]
    [InlineData("--alternatives", "--scores", "--alternatives", "2", "--scores")]
    [InlineData("--alternatives", "--stream", "--alternatives", "2", "--stream")]
    [InlineData("--alternatives", "--align", "--alternatives", "2", "--align")]
    [InlineData("--alternatives", "--time", "--alternatives", "2", "--time")]
    [InlineData("--n-best", "--align", "--n-best", "1", "--align")]
    [InlineData("--n-best", "--show-attention", "--beam", "2", "--n-best", "2", "--show-attention")]
    public void Options_that_do_not_go_together_are_refused_before_anything_is_loaded(string first, string second, params string[] arguments) =>
        TranslateProgram.Run([Cat, "--model", "no-such-folder", .. arguments]).RefusedWith(first, second);

    [Theory]
    [InlineData("--beam", "2")]
    [InlineData("--beam", "1")]
    [InlineData("--n-best", "1")]
    [InlineData("--scores")]
    [InlineData("--alternatives", "2")]
    [InlineData("--prefix", "Un")]
    [InlineData("--force", "chat")]
    [InlineData("--sample")]
    [InlineData("--stream")]
    public void Searching_without_cross_attention_is_refused(params string[] arguments) =>
        TranslateProgram.Run([Cat, "--without-cross-attention", .. arguments]).RefusedWith("--without-cross-attention", "greedy");

    [Theory]
    [InlineData("--prefix", "")]
    [InlineData("--prefix", " \t")]
    [InlineData("--force", "")]
    [InlineData("--force", "chat", "--force", " ")]
    public void A_prefix_or_phrase_without_a_word_is_refused(params string[] arguments) => TranslateProgram.Run([Cat, .. arguments]).RefusedWith(arguments[0]);

    [Theory]
    [InlineData("--prefix", "Un 中国")]
    [InlineData("--force", "中国")]
    public void Letters_that_the_model_cannot_write_are_named(string option, string text)
    {
        TranslateProgram.RequireModel();

        TranslateProgram.Run(Cat, option, text).RefusedWith(option, "中国");
    }

    [Fact]
    public void A_prefix_or_phrases_that_leave_no_room_are_refused()
    {
        TranslateProgram.RequireModel();
        string words = string.Join(' ', Enumerable.Repeat("chat", 127));
        string[] phrases = [.. Enumerable.Repeat<string[]>(["--force", "chat"], 65).SelectMany(each => each)];

        TranslateProgram.Run(Cat, "--prefix", $"{words} chat").RefusedWith("--prefix", "128", "127");
        TranslateProgram.Run(Cat, "--force", words, "--prefix", "Un").RefusedWith("--force", "128", "127");
        TranslateProgram.Run([Cat, .. phrases]).RefusedWith("--force", "65", "64");
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

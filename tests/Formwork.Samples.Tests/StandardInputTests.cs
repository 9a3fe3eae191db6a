using System.Diagnostics;
using System.Text;

namespace Formwork.Samples.Tests;

public sealed class StandardInputTests
{
    private const string Cat = "A cat sits on a mat.";
    private const string Dogs = "Two dogs are running on the beach.";

    [Fact]
    public void Each_line_in_gives_a_line_out_in_order()
    {
        TranslateProgram.RequireModel();

        string[] lines = TranslateProgram.RunWithInput($"{Cat}\n\n{Dogs}\n{Cat}\n").Succeeded().Lines;

        string[] expected = TranslateProgram.Run(Cat, "", Dogs, Cat).Lines;
        Assert.Equal(expected, lines);
        Assert.Equal("", lines[1]);
        French.AssertLooksFrench(lines[0]);
        French.AssertLooksFrench(lines[2]);
    }

    [Fact]
    public void Windows_line_ends_a_mark_and_a_missing_last_end_change_nothing()
    {
        TranslateProgram.RequireModel();
        byte[] input = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes($"{Cat}\r\n{Dogs}")];

        Assert.Equal(TranslateProgram.Run(Cat, Dogs).Lines, TranslateProgram.RunWithInput(input).Succeeded().Lines);
    }

    [Fact]
    public void No_input_gives_no_output()
    {
        TranslateProgram.RequireModel();

        Assert.Equal("", TranslateProgram.Run().Succeeded().Output);
    }

    [Theory]
    [InlineData("😀 🐶🏽 👩‍👩‍👧")]
    [InlineData("رجل يقرأ كتابا في الحديقة")]
    [InlineData("一个男人在公园里看书。")]
    [InlineData("a\0b\u0001\u001b[31mc\u007f\u0085\u2028d\te\rf\vg\fh")]
    [InlineData("\u202eright to left\u202c e\u0301\u0302\u0303\u0304")]
    [InlineData("<unk> </s> <pad> ▁▁ ⁇")]
    public void Any_text_gives_one_line(string text)
    {
        TranslateProgram.RequireModel();

        ProgramResult result = TranslateProgram.RunWithInput($"{text}\n{Cat}\n", "--show-attention").Worked();
        string[] lines = TranslateProgram.RunWithInput($"{text}\n{Cat}\n").Worked().Lines;

        Assert.Equal(2, lines.Length);
        French.AssertLooksFrench(lines[1]);
        Assert.DoesNotContain('\e', result.Output);
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_are_survived()
    {
        TranslateProgram.RequireModel();
        byte[] input = [0xFF, 0xFE, 0x41, 0xC3, 0x28, 0xED, 0xA0, 0x80, 0xF5, 0x0A, .. Encoding.UTF8.GetBytes(Cat)];

        Assert.Equal(2, TranslateProgram.RunWithInput(input).Worked().Lines.Length);
    }

    [Fact]
    public void A_long_text_is_translated_sentence_by_sentence_and_says_so()
    {
        TranslateProgram.RequireModel();
        string[] sentences = [Cat, Dogs, "A man is riding a bike.", "A woman is cooking in a kitchen.", "Three boys are playing football."];
        string[] many = [.. Enumerable.Repeat(sentences, 8).SelectMany(each => each)];

        ProgramResult result = TranslateProgram.RunWithInput(string.Join(' ', many) + "\n");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(string.Join(' ', TranslateProgram.Run(many).Lines), Assert.Single(result.Lines));
        Assert.StartsWith("note: line 1 ", result.Error, StringComparison.Ordinal);
        Assert.Contains($"{many.Length} parts", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sentence_without_end_is_cut_between_words_and_gives_one_line()
    {
        TranslateProgram.RequireModel();
        string text = string.Join(' ', Enumerable.Repeat("a man and a woman", 100));

        ProgramResult result = TranslateProgram.RunWithInput($"{text}\n{Cat}\n");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, result.Lines.Length);
        French.AssertLooksFrench(result.Lines[0]);
        Assert.Contains("note: line 1 ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_of_10000_letters_gives_one_line()
    {
        TranslateProgram.RequireModel();

        Assert.Equal(2, TranslateProgram.RunWithInput($"{new string('x', 10_000)}\n{Cat}\n").Worked().Lines.Length);
    }

    [Theory]
    [InlineData("photo ", 17_000)]
    [InlineData(". ", 50_000)]
    [InlineData("\u4e00", 34_000)]
    [InlineData(" ", 100_000)]
    public void A_line_of_100_KB_or_more_gives_one_line(string unit, int count)
    {
        TranslateProgram.RequireModel();
        string text = string.Concat(Enumerable.Repeat(unit, count));

        ProgramResult result = TranslateProgram.RunWithInput($"{text}\n{Cat}\n");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(2, result.Lines.Length);
        French.AssertLooksFrench(result.Lines[1]);
    }

    [Theory]
    [InlineData]
    [InlineData("--beam", "4")]
    [InlineData("--stream")]
    public void Each_translation_comes_before_the_next_line_is_asked_for(params string[] options)
    {
        TranslateProgram.RequireModel();
        using Process process = TranslateProgram.Start(options);

        process.StandardInput.WriteLine(Cat);
        process.StandardInput.Flush();
        string? first = process.StandardOutput.ReadLine();
        process.StandardInput.WriteLine(Dogs);
        process.StandardInput.Close();
        string? second = process.StandardOutput.ReadLine();

        TranslateProgram.WaitForExit(process);
        Assert.Equal(TranslateProgram.Run([Cat, Dogs, .. options]).Lines, new[] { first, second });
    }

    [Theory]
    [InlineData]
    [InlineData("--beam", "4", "--n-best", "4")]
    [InlineData("--stream")]
    public void A_reader_that_leaves_ends_the_program_without_a_word(params string[] options)
    {
        TranslateProgram.RequireModel();
        using Process process = TranslateProgram.Start(options);
        process.StandardInput.WriteLine(Cat);
        process.StandardInput.Flush();
        process.StandardOutput.ReadLine();

        process.StandardOutput.Close();
        try
        {
            // The program ends at its next line; what does not fit into the pipe by then finds nobody reading.
            for (int line = 0; line < 100_000 && !process.HasExited; line++)
            {
                process.StandardInput.WriteLine(Cat);
                process.StandardInput.Flush();
            }
        }
        catch (IOException)
        {
        }

        string error = process.StandardError.ReadToEnd();
        TranslateProgram.WaitForExit(process);
        Assert.Equal("", error);
        Assert.Equal(0, process.ExitCode);
    }

    [SkippableTheory]
    [InlineData]
    [InlineData("--stream")]
    public void Ctrl_C_ends_the_program_quietly(params string[] options)
    {
        TranslateProgram.RequireModel();
        Skip.If(OperatingSystem.IsWindows(), "Windows has no signal that can be sent to one process.");
        using Process process = TranslateProgram.Start(options);
        process.StandardInput.WriteLine(Cat);
        process.StandardInput.Flush();
        process.StandardOutput.ReadLine();

        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            kill.WaitForExit();
        }

        TranslateProgram.WaitForExit(process);
        Assert.Equal("", process.StandardError.ReadToEnd());
        Assert.Equal(130, process.ExitCode);
    }
}

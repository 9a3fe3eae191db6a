using System.Globalization;
using Formwork.Generation;

namespace Formwork.CLibrary.Tests;

/// <summary>The sample as somebody uses it who has no C#: published, linked with a C compiler, and run.</summary>
public sealed class LibraryTests(NativeLibraryFiles library) : IClassFixture<NativeLibraryFiles>
{
    private const string Sentence = "A man in a blue shirt is standing on a ladder cleaning a window.";

    private static string Program => Path.Combine(NativeLibraryFiles.Sample, "main.c");

    private static string Exercise => Path.Combine(RepositoryFolder.Get("tests", "Formwork.CLibrary.Tests"), "exercise.c");

    [SkippableTheory]
    [InlineData("Shared")]
    [InlineData("Static")]
    public void A_C_program_translates_as_the_model_does_in_C_sharp(string kind)
    {
        NativeLibraryFiles.Require();
        using ManagedModel managed = new();
        string program = library.Compile(Program, kind);
        foreach (string sentence in (string[])[Sentence, "Two dogs run on the beach.", "Größe: 3 €?"])
        {
            Assert.Equal(managed.Translate(sentence) + "\n", Command.Run(program, NativeLibraryFiles.Model, sentence).Succeeded().Output);
        }
    }

    [SkippableFact]
    public void A_C_program_is_told_what_is_wrong()
    {
        NativeLibraryFiles.Require();
        Command refused = Command.Run(library.Compile(Program, "Shared"), "/no/such/folder", Sentence);
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("loading the weights: weights: Cannot load '/no/such/folder/model.safetensors': there is no such file.", refused.Error, StringComparison.Ordinal);
        refused = Command.Run(library.Compile(Program, "Shared"), NativeLibraryFiles.Model, string.Concat(Enumerable.Repeat("dog ", 200)));
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("translating: source too long: The text has 201 tokens", refused.Error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("Shared")]
    [InlineData("Static")]
    public void Every_function_keeps_its_word_with_good_and_bad_arguments(string kind)
    {
        NativeLibraryFiles.Require();
        CheckExercise(Command.Run(library.Compile(Exercise, kind), ExerciseArguments()).Succeeded());
    }

    [SkippableFact]
    public void Valgrind_finds_no_error_in_any_function()
    {
        NativeLibraryFiles.Require("valgrind");
        CheckExercise(NativeLibraryFiles.Valgrind(library.Compile(Exercise, "Shared"), ExerciseArguments()));
    }

    [SkippableFact]
    public void Valgrind_finds_no_error_in_a_program_that_is_linked_statically()
    {
        NativeLibraryFiles.Require("valgrind");
        using ManagedModel managed = new();
        Assert.Equal(managed.Translate(Sentence) + "\n", NativeLibraryFiles.Valgrind(library.Compile(Program, "Static"), NativeLibraryFiles.Model, Sentence).Output);
    }

    [SkippableTheory]
    [InlineData("gcc", "c", "-std=c99")]
    [InlineData("gcc", "c", "-std=c11")]
    [InlineData("g++", "c++", "-std=c++11")]
    [InlineData("g++", "c++", "-std=c++20")]
    public void The_header_is_plain_C_and_Cpp(string compiler, string language, string standard)
    {
        NativeLibraryFiles.Require(compiler);
        string program = Path.Combine(library.Scratch, "header." + language);
        File.WriteAllText(program, "#include \"enfr.h\"\n#include \"enfr.h\"\nint main(void) { enfr_search_options options = ENFR_SEARCH_OPTIONS; return options.size == 0 || ENFR_WEIGHT_BYTES == 0; }\n");
        string[] arguments = ["-x", language, standard, "-Wall", "-Wextra", "-Werror", "-pedantic", $"-I{library.Publish("Shared")}", "-fsyntax-only", program];
        Command.Run(compiler, arguments).Succeeded();
    }

    [SkippableFact]
    public void A_Python_script_translates_too()
    {
        NativeLibraryFiles.Require("python3");
        using ManagedModel managed = new();
        string python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
        string[] arguments = [Path.Combine(NativeLibraryFiles.Sample, "translate.py"), Path.Combine(library.Publish("Shared"), "libenfr.so"), NativeLibraryFiles.Model, Sentence];
        Assert.Equal(managed.Translate(Sentence) + "\n", Command.Run(python, arguments).Succeeded().Output);
    }

    private string[] ExerciseArguments()
    {
        using ManagedModel managed = new();
        return [NativeLibraryFiles.Model, library.Scratch, .. managed.Source(Sentence).Select(static id => id.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>What the program printed of its results is what C# gets.</summary>
    private static void CheckExercise(Command command)
    {
        Dictionary<string, string> results = command.Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(static line => line.Contains(": ", StringComparison.Ordinal))
            .ToDictionary(static line => line.Split(": ")[0], static line => line.Split(": ")[1]);
        Assert.EndsWith(" checks, 0 failures\n", command.Output, StringComparison.Ordinal);
        using ManagedModel managed = new();
        int[] source = managed.Source(Sentence);
        int[] target = managed.Generate(source);
        ScoredTarget best = managed.Search(source);
        Assert.Equal(string.Join(' ', target), results["target"]);
        Assert.Equal(managed.Model.Score(source, target).Sum(), float.Parse(results["sum"], CultureInfo.InvariantCulture), 1e-3f);
        Assert.Equal(string.Join(' ', best.Tokens), results["beam"]);
        Assert.Equal(best.Score, float.Parse(results["score"], CultureInfo.InvariantCulture), 1e-3f);
        Assert.Equal(managed.Translate("A dog."), results["text"]);
    }
}

using System.Text.Json;
using Formwork.Tool.Declarations;
using Formwork.Tool.Terminal;

namespace Formwork.Tool.Tests;

/// <summary>What is taken of a user's file: the declaration, and nothing that would need the user's project.</summary>
public sealed class DeclarationTests
{
    private const string Sizes = "ModelDim = 32, Heads = 4, EncoderLayers = 1, DecoderLayers = 1, FeedForwardDim = 64, VocabSize = 20, SourceLength = 8, TargetLength = 8";

    [Fact]
    public void Everything_else_in_the_file_may_need_what_is_not_here()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("Models.cs", $$"""
            extern alias elsewhere;
            using Acme.Missing;
            using static Acme.Missing.Things;
            using Alias = Acme.Missing.Thing<int>;
            [assembly: Acme.Mark]
            #region all
            Console.WriteLine(new Unknown());
            namespace App.Models
            {
                using Acme.Inner;
                public interface IUnrelated : IMissing { Missing Get(); }
                public static class Sizes { public const int Width = Half * 2; public const int Unused = Acme.Missing.Number; private const int Half = 16; public static Missing M = new(); }
                #if NET10_0_OR_GREATER
                [Acme.Container]
                internal static partial class Outer<T> where T : IMissing { }
                internal static partial class Outer : Missing
                {
                    /// <summary>Says <see cref="Missing"/>.</summary>
                    [Acme.Serializable, Transformer(Family.Vaswani, {{Sizes.Replace("ModelDim = 32", "ModelDim = Sizes.Width", StringComparison.Ordinal)}}), Acme.Other(typeof(Missing))]
                    [Acme.Third]
                    public sealed partial class Model : Missing, IUnrelated
                    {
                        #region inner
                        private readonly Missing _missing = $"{new Unknown()} text" switch { _ => default! };
                        public Missing Get() => _missing; // }
                        #endregion
                        public partial class Nested : Unknown;
                    }
                }
                #else
                not C# at all (((
                #endif
            }
            #endregion
            """);

        JsonElement plan = ToolRun.Run("plan", "--declaration", file, "--json").Succeeded().Json();

        Assert.Equal("App.Models.Outer.Model", plan.GetProperty("model").GetString());
        Assert.Contains("\"modelDim\": 32", plan.GetRawText(), StringComparison.Ordinal);
        AssertCompiles(file);
    }

    [Fact]
    public void An_alias_of_the_attribute_and_its_whole_name_are_found()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("Models.cs", $$"""
            using Mould = Formwork.TransformerAttribute;
            [Mould(Formwork.Family.Vaswani, {{Sizes}})] public sealed partial class A;
            [global::Formwork.TransformerAttribute(Formwork.Family.Vaswani, {{Sizes}})] public sealed partial class B { }
            """);

        Assert.Equal("A", ToolRun.Run("plan", "--declaration", file, "--type", "A", "--json").Succeeded().Json().GetProperty("model").GetString());
        Assert.Equal("B", ToolRun.Run("plan", "--declaration", file, "--type", "B", "--json").Succeeded().Json().GetProperty("model").GetString());
        AssertCompiles(file, "A");
    }

    [Fact]
    public void A_whole_name_means_its_model_even_where_others_end_so()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("Models.cs", $$"""
            [Transformer(Family.Vaswani, {{Sizes}})] public sealed partial class Model;
            namespace Other { partial class Outer { [Transformer(Family.Vaswani, {{Sizes}})] public sealed partial class Model; } }
            """);

        Assert.Equal("Model", ToolRun.Run("plan", "--declaration", file, "--type", "Model", "--json").Succeeded().Json().GetProperty("model").GetString());
        Assert.Equal("Other.Outer.Model", ToolRun.Run("plan", "--declaration", file, "--type", "Outer+Model", "--json").Succeeded().Json().GetProperty("model").GetString());
        ToolRun.Run("plan", "--declaration", file).FailedWith(2, "several models", "Model, Other.Outer.Model").Silent();
    }

    [Fact]
    public void Diagnostics_of_the_generator_are_shown_where_they_are_in_the_users_file()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("Models.cs", $"using Acme.Missing;\n\nclass Unrelated : Missing {{ int X; }}\n\n  [Transformer(Family.Vaswani, {Sizes.Replace("Heads = 4", "Heads = 5", StringComparison.Ordinal)})]\n  public sealed partial class Model;\n");

        ToolResult result = ToolRun.Run("pack", TestModels.Sample, "--declaration", file, "-o", folder.File("model.fw"));

        string[] lines = result.Error.TrimEnd().Split('\n');
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{file}(5,", lines[0], StringComparison.Ordinal);
        Assert.Contains(": error FW0101: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("formwork: the declaration of Model in ", lines[1], StringComparison.Ordinal);
        Assert.Equal(["Models.cs"], folder.Names);
    }

    [Fact]
    public void Warnings_are_shown_and_a_pragma_that_suppresses_one_counts()
    {
        using var folder = new TemporaryFolder();
        string declaration = $"[Transformer(Family.Vaswani, {Sizes.Replace("Heads = 4", "Heads = 8", StringComparison.Ordinal)})]\npublic sealed partial class Model;\n";
        string loud = folder.Write("Loud.cs", declaration);
        string quiet = folder.Write("Quiet.cs", "#pragma warning disable FW0104\n" + declaration);

        ToolResult result = ToolRun.Run("plan", "--declaration", loud);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Loud.cs(1,", result.Error, StringComparison.Ordinal);
        Assert.Contains("warning FW0104", result.Error, StringComparison.Ordinal);
        ToolRun.Run("plan", "--declaration", quiet).Succeeded();
    }

    [Theory]
    [InlineData("public class Empty;", "declares no model", "[Transformer(...)]")]
    [InlineData("not C# {{{", "declares no model")]
    [InlineData("", "declares no model")]
    public void A_file_without_a_declaration_is_refused(string text, params string[] words)
    {
        using var folder = new TemporaryFolder();

        ToolRun.Run("plan", "--declaration", folder.Write("Models.cs", text)).FailedWith(1, words).Silent();
    }

    [Fact]
    public void Another_librarys_attribute_of_the_name_makes_no_model()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("Models.cs", "[Acme.Transformer(7)] public sealed partial class Model;");

        ToolResult result = ToolRun.Run("plan", "--declaration", file);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Acme", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_that_a_declaration_names_is_found_beside_it_or_in_its_project()
    {
        using var folder = new TemporaryFolder();
        string inner = Directory.CreateDirectory(folder.File("Models")).FullName;
        string file = Path.Combine(inner, "Model.cs");
        File.WriteAllText(file, "namespace App; [Formwork.Transformer(\"opus/config.json\")] public sealed partial class Model;");
        folder.Write("App.csproj", "<Project />");

        Assert.Contains("FW0201", ToolRun.Run("plan", "--declaration", file).Error, StringComparison.Ordinal);

        Directory.CreateDirectory(folder.File("opus"));
        File.Copy(TestModels.SampleConfig, folder.File("opus/config.json"));
        Assert.Equal("App.Model", ToolRun.Run("plan", "--declaration", file, "--json").Succeeded().Json().GetProperty("model").GetString());

        Directory.CreateDirectory(Path.Combine(inner, "opus"));
        File.WriteAllText(Path.Combine(inner, "opus", "config.json"), "{");
        Assert.Equal(1, ToolRun.Run("plan", "--declaration", file).ExitCode);
        ToolRun.Run("plan", "--declaration", file, "--config", folder.File("opus/config.json")).Succeeded();
    }

    [Fact]
    public void Options_that_say_what_the_declaration_says_are_refused()
    {
        foreach (string option in new[] { "--source-length", "--target-length" })
        {
            ToolRun.Run("plan", "--declaration", TestModels.SampleDeclaration, option, "8").FailedWith(2, option, "declaration").Silent();
        }

        ToolRun.Run("plan", "--declaration", TestModels.SampleDeclaration, "--weights", "int8").FailedWith(2, "--weights", "declaration").Silent();
        ToolRun.Run("plan").FailedWith(2, "--declaration", "--config").Silent();
        ToolRun.Run("plan", "--config", TestModels.SampleConfig).FailedWith(2, "--type").Silent();
        ToolRun.Run("plan", "--config", TestModels.SampleConfig, "--type", "No Name").FailedWith(2, "--type", "'No Name'").Silent();
        ToolRun.Run("plan", "--config", "none.json", "--type", "A").FailedWith(2, "--config", "'none.json'").Silent();
        ToolRun.Run("plan", "--declaration", "none.cs").FailedWith(2, "--declaration", "'none.cs'").Silent();
        ToolRun.Run("plan", "--declaration", Path.GetTempPath()).FailedWith(2, "--declaration", "folder").Silent();
        ToolRun.Run("plan", "--declaration", TestModels.Sample).FailedWith(1, "--declaration", "not a text").Silent();
    }

    // The generator does not mind what the compiler would refuse.
    private static void AssertCompiles(string path, string? type = null)
    {
        using var error = new StringWriter();
        using var context = new ToolContext(TextWriter.Null, error, CancellationToken.None);
        DeclarationFile file = DeclarationFile.Read(path);
        using CompiledModel model = new ModelCompiler(context).Compile(new(file, file.Select(type), []));
        Assert.Equal("", error.ToString());
    }
}

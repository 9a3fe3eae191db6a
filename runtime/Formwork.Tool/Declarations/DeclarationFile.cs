using System.Text;
using Formwork.Weights;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Tool.Declarations;

/// <summary>A C# file with declarations of models, and whatever else its author put there.</summary>
internal sealed class DeclarationFile
{
    private const long MostBytes = 16 << 20;

    private DeclarationFile(string path, string text)
    {
        Path = path;
        Root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text, ModelCompiler.Language, path).GetRoot();
        Models = [.. TransformerAttributes.Find(Root).Select(static found => Describe(found.Class, found.Attribute))];
    }

    /// <summary>Its path as it was given; messages show it.</summary>
    public string Path { get; }

    /// <summary>The whole file.</summary>
    public CompilationUnitSyntax Root { get; }

    /// <summary>The models that it declares.</summary>
    public IReadOnlyList<DeclaredModel> Models { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ToolException">It is missing, cannot be read, or is no text.</exception>
    public static DeclarationFile Read(string path)
    {
        string name = WeightProblem.Quote(path);
        try
        {
            if (Directory.Exists(path))
            {
                throw ToolException.Usage($"--declaration {name} is a folder; give the C# file that declares the model");
            }

            if (new FileInfo(path) is { Exists: true, Length: > MostBytes })
            {
                throw ToolException.Problem($"--declaration {name} has more than {MostBytes} bytes, which no C# file has; give the C# file that declares the model");
            }

            string text = File.ReadAllText(path, Encoding.UTF8);
            return text.Contains('\0', StringComparison.Ordinal)
                ? throw ToolException.Problem($"--declaration {name} is not a text; give the C# file that declares the model")
                : new DeclarationFile(path, text);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ToolException.Usage($"--declaration {name}: there is no such file; give the C# file that declares the model");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw ToolException.Problem($"--declaration {name} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Takes text that lies in no file.</summary>
    public static DeclarationFile Of(string path, string text) => new(path, text);

    /// <summary>The model that is meant.</summary>
    /// <param name="type">Its name or the end of it; null where the file has one alone.</param>
    /// <exception cref="ToolException">There is none, or more than one.</exception>
    public DeclaredModel Select(string? type)
    {
        string file = WeightProblem.Quote(Path);
        if (Models.Count == 0)
        {
            throw ToolException.Problem($"{file} declares no model; expected a partial class with [Transformer(...)]");
        }

        // A whole name means its model even where others end so.
        DeclaredModel[] chosen = [.. Models.Where(model => model.FullName == type)];
        if (chosen.Length == 0)
        {
            chosen = [.. Models.Where(model => type is null || model.Answers(type))];
        }

        string names = string.Join(", ", Models.Select(static model => model.FullName));
        return chosen.Length switch
        {
            1 => chosen[0],
            0 => throw ToolException.Usage($"--type {WeightProblem.Quote(type!)}: {file} declares no such model; it declares {names}"),
            _ => throw ToolException.Usage($"{file} declares several models; choose one with --type: {names}"),
        };
    }

    private static DeclaredModel Describe(ClassDeclarationSyntax declaration, AttributeSyntax attribute)
    {
        string types = string.Join('+', declaration.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().Reverse().Select(static type => type.Identifier.ValueText));
        string space = string.Join('.', declaration.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(static space => space.Name.ToString()));
        string metadata = space.Length == 0 ? types : $"{space}.{types}";
        return new(metadata.Replace('+', '.'), metadata, declaration, attribute);
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Formwork.Tool.Declarations;

/// <summary>Gathers the files that a declaration names.</summary>
internal static class AdditionalFiles
{
    private static readonly EnumerationOptions Readable = new() { IgnoreInaccessible = true };

    /// <summary>The files that the user gives, and those that the attribute names and that lie beside the declaration or in a folder above it, up to its project's.</summary>
    /// <exception cref="ToolException">One that was given cannot be read.</exception>
    public static IReadOnlyList<AdditionalText> Gather(DeclarationFile file, DeclaredModel model, IReadOnlyList<string> given)
    {
        // A file that was given stands for one of the same name that lies there.
        IEnumerable<string> found = Names(model.Attribute)
            .Where(name => !given.Any(path => EndsWith(path, name)))
            .Select(name => Find(file.Path, name))
            .OfType<string>();
        return [.. given.Concat(found).DistinctBy(Path.GetFullPath).Select(AdditionalFile.Read)];
    }

    /// <summary>The texts among the attribute's arguments that are names of text files: not the prefix of C functions, nor weights.</summary>
    private static IEnumerable<string> Names(AttributeSyntax attribute) => (attribute.ArgumentList?.Arguments ?? [])
        .Where(static argument => argument.NameEquals?.Name.Identifier.ValueText is null or nameof(TransformerAttribute.Manifest))
        .Select(static argument => (argument.Expression as LiteralExpressionSyntax)?.Token.Value as string)
        .OfType<string>()
        .Where(static name => name.Length > 0 && !name.Contains('\0', StringComparison.Ordinal));

    private static string? Find(string declaration, string name)
    {
        string? folder = Path.GetDirectoryName(declaration);
        for (DirectoryInfo? place = new FileInfo(declaration).Directory; place is { Exists: true }; place = place.Parent)
        {
            // The path beside the declaration is spelt like the declaration's, as the compiler has both.
            string path = Path.Combine(folder ?? place.FullName, name);
            folder = null;
            if (File.Exists(path))
            {
                return path;
            }

            if (place.EnumerateFiles("*.csproj", Readable).Any())
            {
                return null;
            }
        }

        return null;
    }

    private static bool EndsWith(string path, string name)
    {
        string whole = path.Replace('\\', '/');
        string end = name.Replace('\\', '/');
        return whole == end || whole.EndsWith('/' + end, StringComparison.Ordinal);
    }
}

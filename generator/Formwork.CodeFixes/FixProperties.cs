using Microsoft.CodeAnalysis;

namespace Formwork.CodeFixes;

/// <summary>What the generator tells a fix beside the message.</summary>
internal static class FixProperties
{
    /// <summary>The values of a property, which are separated by commas; none where the diagnostic lacks it.</summary>
    public static string[] List(Diagnostic diagnostic, string name) => Value(diagnostic, name) is { Length: > 0 } value ? value.Split(',') : [];

    /// <summary>The value of a property, or null.</summary>
    public static string? Value(Diagnostic diagnostic, string name) => diagnostic.Properties.TryGetValue(name, out string? value) ? value : null;
}

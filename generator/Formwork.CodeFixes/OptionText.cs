using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.CodeFixes;

/// <summary>Adds options to an attribute.</summary>
internal static class OptionText
{
    /// <summary>Adds text behind the last argument.</summary>
    public static TextChange Append(AttributeArgumentListSyntax list, string text) => list.Arguments.Count == 0
        ? FixText.Insert(list.OpenParenToken.Span.End, text)
        : FixText.Insert(list.Arguments.Last().Span.End, ", " + text);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.CodeFixes;

/// <summary>Fixes that change a few characters of the text: comments, line ends and layout around them stay as the user wrote them.</summary>
internal static class FixText
{
    /// <summary>Offers a change of the document.</summary>
    /// <param name="context">Where the fix is asked for.</param>
    /// <param name="diagnostic">What it fixes.</param>
    /// <param name="title">What the editor's menu says.</param>
    /// <param name="key">Tells the kind of the fix, so that all diagnostics of that kind can be fixed together.</param>
    /// <param name="change">The change.</param>
    public static void Offer(CodeFixContext context, Diagnostic diagnostic, string title, string key, TextChange change)
    {
        Document document = context.Document;
        context.RegisterCodeFix(
            CodeAction.Create(
                title,
                async cancellation => document.WithText((await document.GetTextAsync(cancellation).ConfigureAwait(false)).WithChanges(change)),
                equivalenceKey: key),
            diagnostic);
    }

    /// <summary>Puts text in before a place.</summary>
    public static TextChange Insert(int place, string text) => new(new TextSpan(place, 0), text);
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Formwork.Tool.Declarations;

/// <summary>
/// Leaves of a source file what one model's declaration needs: its class without members, the namespaces and types around it, usings, and the
/// constants that the attribute names. Everything else may need packages and files that are not here. What goes is overwritten with spaces, so
/// that what stays keeps its line and column.
/// </summary>
internal sealed class SourceReduction
{
    private readonly DeclaredModel _model;
    private readonly HashSet<FieldDeclarationSyntax> _constants;
    private readonly char[] _text;

    private SourceReduction(CompilationUnitSyntax root, DeclaredModel model)
    {
        _model = model;
        _constants = UsedConstants.Of(root, model.Attribute);
        _text = root.ToFullString().ToCharArray();
    }

    /// <summary>The file's text reduced to one of its models.</summary>
    public static string Apply(DeclarationFile file, DeclaredModel model)
    {
        var reduction = new SourceReduction(file.Root, model);
        reduction.BlankAll(file.Root.Externs);
        reduction.BlankAll(file.Root.AttributeLists);
        reduction.Reduce(file.Root.Members);
        return new string(reduction._text);
    }

    /// <summary>The text without some nodes.</summary>
    public static string Without(SyntaxNode root, IEnumerable<SyntaxNode> nodes)
    {
        char[] text = root.ToFullString().ToCharArray();
        foreach (SyntaxNode node in nodes)
        {
            Blank(text, node);
        }

        return new string(text);
    }

    private void Reduce(SyntaxList<MemberDeclarationSyntax> members)
    {
        foreach (MemberDeclarationSyntax member in members)
        {
            if (!IsNeeded(member))
            {
                Blank(_text, member);
            }
            else if (member is BaseNamespaceDeclarationSyntax space)
            {
                BlankAll(space.Externs);
                Reduce(space.Members);
            }
            else if (member is TypeDeclarationSyntax type)
            {
                ReduceType(type);
            }
        }
    }

    private void ReduceType(TypeDeclarationSyntax type)
    {
        foreach (AttributeListSyntax list in type.AttributeLists)
        {
            if (type == _model.Class && list.Contains(_model.Attribute))
            {
                BlankAll(list.Attributes.Where(attribute => attribute != _model.Attribute));
                BlankAll(list.Attributes.GetSeparators());
            }
            else
            {
                Blank(_text, list);
            }
        }

        BlankAll(new SyntaxNode?[] { type.ParameterList, type.BaseList }.OfType<SyntaxNode>());
        BlankAll(type.ConstraintClauses);
        Reduce(type.Members);
    }

    private bool IsNeeded(SyntaxNode member) => member.DescendantNodesAndSelf().Any(node => node == _model.Class || (node is FieldDeclarationSyntax field && _constants.Contains(field)));

    private void BlankAll(IEnumerable<SyntaxNode> nodes)
    {
        foreach (SyntaxNode node in nodes)
        {
            Blank(_text, node);
        }
    }

    private void BlankAll(IEnumerable<SyntaxToken> tokens)
    {
        foreach (SyntaxToken token in tokens)
        {
            Blank(_text, token.Span);
        }
    }

    /// <summary>Overwrites a node's tokens. Comments and directives between them stay: pragmas count, and regions and conditions come in pairs.</summary>
    private static void Blank(char[] text, SyntaxNode node)
    {
        foreach (SyntaxToken token in node.DescendantTokens())
        {
            Blank(text, token.Span);
        }

        foreach (SyntaxTrivia trivia in node.DescendantTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.SkippedTokensTrivia)))
        {
            Blank(text, trivia.Span);
        }
    }

    private static void Blank(char[] text, TextSpan span)
    {
        for (int i = span.Start; i < span.End; i++)
        {
            text[i] = text[i] is '\r' or '\n' ? text[i] : ' ';
        }
    }
}

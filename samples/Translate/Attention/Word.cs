namespace Translate.Attention;

/// <summary>A word as people see it, and the pieces that the model sees it as.</summary>
/// <param name="Label">The word's text, safe to show.</param>
/// <param name="Start">Its first piece.</param>
/// <param name="Count">How many pieces it has.</param>
internal sealed record Word(string Label, int Start, int Count)
{
    public int End => Start + Count;
}

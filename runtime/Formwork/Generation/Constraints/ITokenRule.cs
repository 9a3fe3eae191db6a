namespace Formwork.Generation.Constraints;

/// <summary>One of <see cref="TokenRules"/>: changes the scores of what may come next.</summary>
internal interface ITokenRule
{
    /// <summary>Changes one row in place. Nothing is allocated.</summary>
    /// <param name="scores">One score for each id: [vocabulary]. −∞ for what may not come.</param>
    /// <param name="row">The hypothesis whose next token is to be chosen.</param>
    void Apply(Span<float> scores, in RowContext row);
}

namespace Formwork.Generator.Lowering;

/// <summary>A number of the plan together with the expression that names it in generated code.</summary>
/// <param name="Text">A constant's name, or an expression of constants that needs no parentheses as an argument: <c>3 * InnerDim</c>.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct Size(string Text, long Value)
{
    /// <summary>The literal one, for the single row of a decoder step.</summary>
    public static Size One { get; } = new("1", 1);

    /// <summary>This size a literal number of times.</summary>
    public Size Times(int factor) => new($"{factor} * {Text}", factor * Value);

    /// <summary>The product of two named sizes.</summary>
    public Size Times(Size other) => new($"{Text} * {other.Text}", Value * other.Value);
}

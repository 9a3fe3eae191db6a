using Spectre.Console;

namespace Translate.Attention;

/// <summary>A step of the scale that weights are drawn with.</summary>
/// <param name="AtLeast">The smallest weight that is drawn so.</param>
/// <param name="Block">Its character, darker for more; it tells the steps apart without colours.</param>
/// <param name="Color">Its colour, where the terminal has colours: one that can be seen on black and on white.</param>
internal sealed record Shade(double AtLeast, char Block, Color Color)
{
    /// <summary>The style of what should not stand out.</summary>
    public static Style Quiet { get; } = new(Color.Grey);

    /// <summary>The steps that leave a mark, lightest first.</summary>
    public static IReadOnlyList<Shade> Steps { get; } =
    [
        new(0.10, '░', new Color(120, 135, 165)),
        new(0.25, '▒', new Color(90, 135, 200)),
        new(0.50, '▓', new Color(60, 135, 225)),
        new(0.75, '█', new Color(30, 130, 250)),
    ];

    /// <summary>The step of a weight, or null where it is too small to draw.</summary>
    public static Shade? Of(double weight) => Steps.LastOrDefault(step => weight >= step.AtLeast);
}

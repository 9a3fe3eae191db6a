namespace Formwork.Generator.Emission;

/// <summary>The types that generated signatures name, in full so that nothing in the user's code can stand before them.</summary>
internal static class Types
{
    public const string Floats = "global::System.Span<float>";
    public const string ReadOnlyFloats = "global::System.ReadOnlySpan<float>";
    public const string ReadOnlyIds = "global::System.ReadOnlySpan<int>";
    public const string Workers = "global::Formwork.Threading.Workers";
    public const string Check = "generation::Check";
    public const string Cancellation = "global::System.Threading.CancellationToken";
}

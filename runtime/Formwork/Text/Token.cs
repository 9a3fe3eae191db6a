namespace Formwork.Text;

/// <summary>A token and its place in the normal form, in bytes.</summary>
internal readonly record struct Token(int Id, int Start, int End);

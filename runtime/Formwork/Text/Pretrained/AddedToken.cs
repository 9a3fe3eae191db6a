namespace Formwork.Text.Pretrained;

/// <summary>A token that was added beside those of a vocabulary's own file.</summary>
/// <param name="Content">Its spelling.</param>
/// <param name="Id">Its id.</param>
/// <param name="IsSpecial">Whether it is a mark, which texts never turn into.</param>
/// <param name="StripsLeft">Whether it takes the white space before it.</param>
/// <param name="StripsRight">Whether it takes the white space behind it.</param>
internal sealed record AddedToken(string Content, int Id, bool IsSpecial, bool StripsLeft = false, bool StripsRight = false);

using Formwork.Text;

namespace Formwork.Tests.Pipeline;

/// <summary>A tokeniser of which a test knows every id: one for each group of letters of a length, one for each other character, and one that ends the text. It counts what it is given.</summary>
internal sealed class CountingTokenizer(int group = 1) : ITokenizer
{
    /// <summary>Characters that were given to <see cref="Encode"/>.</summary>
    public long Characters { get; private set; }

    public int[] Encode(ReadOnlySpan<char> text)
    {
        Characters += text.Length;
        var ids = new List<int>();
        int letters = 0;
        for (int index = 0; index < text.Length; index++)
        {
            letters = char.IsLetter(text[index]) ? letters + 1 : 0;
            if (letters == 0 || letters % group == 1 % group)
            {
                ids.Add(text[index]);
            }
        }

        return [.. ids, 0];
    }

    public string Decode(ReadOnlySpan<int> ids) => throw new NotSupportedException();
}

using Formwork.Pipeline;

namespace Formwork.Tests.Pipeline;

/// <summary>The white space at both ends of a text that comes in pieces.</summary>
public class StreamedTextTests
{
    [Fact]
    public void However_a_text_is_cut_the_pieces_are_its_inside()
    {
        const string Alphabet = "ab \t\n";
        var random = new Random(2);
        for (int round = 0; round < 10_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var streamed = new StreamedText();
            string found = "";
            for (int start = 0; start < text.Length;)
            {
                int end = Math.Min(text.Length, start + random.Next(4));
                string piece = streamed.Take(text.AsSpan(start, end - start));
                Assert.Equal(piece.TrimEnd(), piece);
                found += piece;
                start = end;
            }

            Assert.Equal(text.Trim(), found);
        }
    }
}

using System.Diagnostics;
using Formwork.Pipeline;

namespace Formwork.Tests.Pipeline;

/// <summary>The rule of sentences, case by case. In the cases <c>|</c> stands around what is a sentence.</summary>
public class SentenceSplitterTests
{
    [Theory]

    // Line ends always separate, and stay as they are.
    [InlineData("|One|\n|two|\r\n|three|\r|four|\u2028|five|\n")]
    [InlineData("\n\n  |One|  \n \t \n\t|two|\n\n\n")]
    [InlineData("|one|\u0085|two|\f|three|\v|four|\u2029|five|")]

    // Marks, and what closes behind them.
    [InlineData("|One.| |Two!| |Three?| |Four…| |Five|")]
    [InlineData("|\"One.\"| |(Two!)| |‘Three?’| |[Four.]| |“Five.”| |Six|")]
    [InlineData("|What?!| |No...| |Yes.”)|  |End.|")]
    [InlineData("|„Ja.“| |»Nein.«| |Ende.|")]
    [InlineData("|« Oui. »| |« Non\u00A0!\u00A0»| |Fin.|")]
    [InlineData("|Er kam.| |»Was ist?«| |Ende.|")]

    // White space has to follow.
    [InlineData("|Pi is 3.14 or 3.142.| |See www.example.org/a.html?b!c now.|")]
    [InlineData("|One.Two.| |Three|")]
    [InlineData("|A no-break space.\u00A0Holds.| |Two|")]

    // A lower-case letter goes on, behind quotes and brackets too.
    [InlineData("|\"Stop!\" he said.| |\"Wait?\" (she asked) \"why\"| ")]
    [InlineData("|Well… maybe.| |Approx. half (etc.) of it.|")]

    // Abbreviations, initials, single letters with stops, ordinals.
    [InlineData("|Mr. Smith met Mrs. Jones and Dr. No.| |They left.|")]
    [InlineData("|J. K. Rowling and J.-P. Sartre, e.g. Paul, i.e. Them.| |The U.S. Army came.|")]
    [InlineData("|M. Dupont et Mme. Durand.| |Fin.|")]
    [InlineData("|Er kam am 3. Mai.| |Es war z.B. Anna.|")]
    [InlineData("|1. Introduction|\n|2. Methods|")]
    [InlineData("|It was 2019.| |He paid $5.| |Then 45.| |Then 31. Then.|")]
    [InlineData("|See Fig. 3 and No. 45.| |He said no.| |Two|")]
    [InlineData("|I like cats, dogs, etc. Two|")]

    // Chinese and Japanese marks need no white space.
    [InlineData("|你好。||他走了！||是吗？|")]
    [InlineData("|「やった！」と言った。||「うん。」って。||「そう。」||田中は帰った。|")]
    [InlineData("|３．１４です．||次です．|")]
    [InlineData("|他说。||“你好。”||再见。|")]

    // Other scripts.
    [InlineData("|كيف حالك؟| |بخير.|")]
    [InlineData("|यह है।| |वह है॥| |अंत|")]

    // What has neither letter nor digit is no sentence.
    [InlineData("---\n|One.| — ...\n🙂🙂\n* * *\n")]
    [InlineData("|... and so on.| |Two|")]
    [InlineData("|🙂 One.| |Two 🙂.| 🙂")]
    [InlineData("")]
    [InlineData(" \n ")]
    [InlineData("|𝐀𝐁.| |𐐀𐐨. 𐐨 goes|")]
    public void A_text_is_cut_where_the_rule_says(string marked)
    {
        string text = marked.Replace("|", "", StringComparison.Ordinal);
        string found = string.Concat(SentenceSplitter.Split(text).Select(segment => segment.IsSentence ? $"|{text.AsSpan(segment.Start, segment.Length)}|" : text[segment.Start..segment.End]));
        Assert.Equal(marked, found);
    }

    [Fact]
    public void Segments_cover_any_text_in_order_and_white_space_is_in_no_sentences_ends()
    {
        const string Alphabet = "ab A.B!?…。」\"'«» )(\n\r\u2028\t\u00A0 1 3.-,🙂Mr.é\uD83D";
        var random = new Random(5);
        for (int round = 0; round < 20_000; round++)
        {
            char[] text = [.. Enumerable.Range(0, random.Next(40)).Select(_ => Alphabet[random.Next(Alphabet.Length)])];
            int end = 0;
            foreach (TextSegment segment in SentenceSplitter.Split(text))
            {
                Assert.Equal(end, segment.Start);
                Assert.True(segment.Length > 0);
                end = segment.End;
                ReadOnlySpan<char> part = text.AsSpan(segment.Start, segment.Length);
                if (segment.IsSentence)
                {
                    Assert.Equal(part.Length, part.Trim().Length);
                    Assert.True(part.IndexOfAny("\n\r\u2028") < 0);
                    Assert.Contains(part.ToArray(), char.IsLetterOrDigit);
                }
                else
                {
                    Assert.DoesNotContain(part.ToArray(), char.IsLetterOrDigit);
                }
            }

            Assert.Equal(text.Length, end);
        }
    }

    /// <summary>A rule that looks back or ahead further and further would need minutes for these.</summary>
    [Theory]
    [InlineData("\n \n")]
    [InlineData(". ")]
    [InlineData("a. ")]
    [InlineData("a.")]
    [InlineData("(")]
    [InlineData("! (")]
    [InlineData("1")]
    [InlineData(".\"")]
    public void Time_grows_with_the_texts_length_alone(string unit)
    {
        string text = "Begin " + string.Concat(Enumerable.Repeat(unit, 500_000)) + " End.";
        long started = Stopwatch.GetTimestamp();
        Assert.Equal(text.Length, SentenceSplitter.Split(text)[^1].End);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }
}

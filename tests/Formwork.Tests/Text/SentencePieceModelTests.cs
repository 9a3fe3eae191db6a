using System.Text;
using Formwork.Text;

namespace Formwork.Tests.Text;

/// <summary>What the public face promises beyond equality with the reference.</summary>
public class SentencePieceModelTests
{
    public static TheoryData<string> Names => TestModels.Names;

    [Fact]
    public void Pieces_are_found_by_id_and_by_spelling()
    {
        SentencePieceModel model = TestModels.Get("unigram-nfkc");
        Assert.Equal(1000, model.PieceCount);
        Assert.Equal((0, 1, 2, 3), (model.UnknownId, model.BeginId, model.EndId, model.PadId));
        for (int id = 0; id < model.PieceCount; id++)
        {
            Assert.Equal(id, model.IdOf(model.PieceOf(id)));
        }
        Assert.Equal(PieceKind.Unknown, model.KindOf(0));
        Assert.Equal(PieceKind.Control, model.KindOf(model.EndId));
        Assert.True(model.ScoreOf(10) < 0);
        Assert.False(model.TryGetId("no such piece", out int missing));
        Assert.Equal(-1, missing);
        Assert.Equal(model.UnknownId, model.IdOf("no such piece"));
    }

    [Fact]
    public void Special_ids_follow_the_names_that_the_model_gives_them()
    {
        SentencePieceModel renamed = TestModels.Get("unigram-verbatim");
        Assert.Equal(("[B]", "[E]", "[P]"), (renamed.PieceOf(renamed.BeginId), renamed.PieceOf(renamed.EndId), renamed.PieceOf(renamed.PadId)));
        SentencePieceModel few = TestModels.Get("bpe-bytes");
        Assert.Equal((1, -1, 0, -1), (few.UnknownId, few.BeginId, few.EndId, few.PadId));
    }

    [Fact]
    public unsafe void A_model_is_read_from_any_stream_from_its_position_on()
    {
        const string Text = "Two young men are outside.";
        int[] expected = TestModels.Get("unigram-nfkc").Encode(Text);
        byte[] bytes = [1, 2, 3, .. TestModels.Bytes("unigram-nfkc")];
        fixed (byte* start = bytes)
        {
            foreach (Stream stream in (Stream[])[new MemoryStream(bytes), new UnmanagedMemoryStream(start, bytes.Length)])
            {
                using (stream)
                {
                    stream.Position = 3;
                    Assert.Equal(expected, SentencePieceModel.FromStream(stream).Encode(Text));
                    Assert.Equal(stream.Length, stream.Position);
                    Assert.Throws<VocabularyLoadException>(() => SentencePieceModel.FromStream(stream));
                }
            }
        }

        Assert.Throws<ArgumentNullException>(() => SentencePieceModel.FromStream(null!));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1000)]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    public void An_id_outside_the_vocabulary_is_refused(int id)
    {
        SentencePieceModel model = TestModels.Get("unigram-nfkc");
        Assert.Throws<ArgumentOutOfRangeException>(() => model.PieceOf(id));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.KindOf(id));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ScoreOf(id));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Decode([5, id]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lone_surrogate_counts_as_the_replacement_character(string name)
    {
        SentencePieceModel model = TestModels.Get(name);
        foreach (string text in new[] { "\uD800", "a\uDC00b", "x \uD83D", "\uDE42\uD83D", "\uD83D\uD83D\uDE42 y" })
        {
            string replaced = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            Assert.Equal(model.Encode(replaced), model.Encode(text));
            Assert.Equal(model.EncodeWithOffsets(replaced), model.EncodeWithOffsets(text));
        }
    }

    [Fact]
    public void Ids_that_do_not_fit_are_counted()
    {
        SentencePieceModel model = TestModels.Get("unigram-nfkc");
        int[] all = model.Encode("Two young men are outside.");
        var some = new int[3];
        Assert.False(model.TryEncode("Two young men are outside.", some, out int count));
        Assert.Equal(all.Length, count);
        Assert.Equal(all[..3], some);
        Assert.False(model.TryEncode("Two young men are outside."u8, [], out count));
        Assert.Equal(all.Length, count);
        Assert.True(model.TryEncode("", [], out count));
        Assert.Equal(0, count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Encoding_into_a_span_allocates_nothing(string name)
    {
        SentencePieceModel model = TestModels.Get(name);
        string text = string.Concat(Enumerable.Repeat("Deux jeunes hommes, sing <sep> \u65e5\u672c! ", 100));
        var ids = new int[16384];
        for (int i = 0; i < 50; i++)
        {
            Assert.True(model.TryEncode(text, ids, out _));
        }
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            model.TryEncode(text, ids, out _);
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        // A vocabulary with unused pieces notes how they were merged, which needs a dictionary for each text.
        Assert.True(name == "bpe-unused" || allocated == 0, $"{allocated} bytes");
    }

    [Fact]
    public void Offsets_index_the_text_as_it_was_given()
    {
        SentencePieceModel model = TestModels.Get("bpe-nfkc-symbols");
        string text = " \U0001f642 caf\u00e9 <sep>man ";
        TokenSpan[] tokens = model.EncodeWithOffsets(text);
        Assert.Equal("<sep>", text[tokens.Single(token => token.Id == model.IdOf("<sep>")).Range]);
        Assert.Equal("\U0001f642", text[tokens.Single(token => token.Id == model.IdOf("\U0001f642")).Range]);
        Assert.Equal("man", string.Concat(tokens.SkipWhile(token => token.Id != model.IdOf("<sep>")).Skip(1).Select(token => text[token.Range])));

        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        TokenSpan[] inBytes = model.EncodeWithOffsets(utf8);
        Assert.Equal(
            tokens.Select(token => text[token.Range]), inBytes.Select(token => Encoding.UTF8.GetString(utf8[token.Range])));
    }

    [Fact]
    public void A_file_that_is_not_there_stays_an_io_problem()
    {
        Assert.Throws<FileNotFoundException>(() => SentencePieceModel.Load(TextFiles.Model("absent")));
        Assert.Throws<UnauthorizedAccessException>(() => SentencePieceModel.Load(TextFiles.Folder));
    }

    [Fact]
    public void Many_threads_share_a_model()
    {
        SentencePieceModel model = TestModels.Get("bpe-unused");
        int[] expected = model.Encode("A man and a woman are walking their dogs on the beach.");
        Parallel.For(0, 2000, _ => Assert.Equal(expected, model.Encode("A man and a woman are walking their dogs on the beach.")));
    }
}

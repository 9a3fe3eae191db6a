using System.IO.Compression;
using System.Text.Json;
using Formwork.Generation;
using Formwork.Pipeline;
using Formwork.Text;
using Formwork.Weights;

namespace Formwork.Golden.Tests.Pipeline;

/// <summary>Text in, text out, on the Translate sample's model: what PyTorch recorded, texts of any form, and every way to ask for them.</summary>
public class TranslatorTests
{
    private const string Cat = "A cat sits on a mat.";
    private const string Dogs = "Two dogs are running on the beach.";
    private const string Girl = "A little girl in a red dress is playing with a ball.";
    private static readonly string WeightsPath = Path.Combine(RepositoryFolder.Get("samples", "Translate", "model"), "model.safetensors");

    [Fact]
    public void Recorded_sentences_have_their_recorded_translations()
    {
        using EnglishToFrench model = EnglishToFrench.Load(WeightsPath);
        using Translator translator = Of(model, new() { SplitSentences = false });
        foreach (JsonElement sentence in Golden.Read("translate").GetProperty("sentences").EnumerateArray())
        {
            Assert.Equal(sentence.GetProperty("translation").GetString(), translator.Translate(sentence.GetProperty("text").GetString()!));
        }
    }

    [SkippableFact]
    public void All_of_test_2016_flickr_has_its_recorded_translations_alone_in_a_batch_and_streamed()
    {
        string[] lines = Lines("test_2016_flickr.en.gz");
        JsonElement golden = Golden.Read("test_2016_flickr");
        HashSet<int> close = [.. golden.Ids("close")];
        string[] expected = [.. golden.GetProperty("rows").EnumerateArray().Select(static row => MarianTokenizer.Pieces.Decode([.. row[2].EnumerateArray().Select(static id => id.GetInt32())]))];
        Assert.Equal(1000, expected.Length);
        using EnglishToFrenchBeams model = EnglishToFrenchBeams.Load(WeightsPath);
        using Translator whole = Of(model, new() { SplitSentences = false });
        string[] batch = whole.TranslateBatch(lines);
        for (int index = 0; index < lines.Length; index++)
        {
            Assert.True(close.Contains(index) || batch[index] == expected[index], $"Sentence {index}: {batch[index]}");
            Assert.Equal(batch[index], whole.Translate(lines[index]));
        }

        // As one text of a thousand lines it takes the same way, but for the lines that hold several sentences.
        using Translator translator = Of(model);
        string text = string.Join('\n', lines);
        string[] together = translator.Translate(text).Split('\n');
        Assert.Equal(together, string.Concat(translator.Stream(text)).Split('\n'));
        int single = 0;
        for (int index = 0; index < lines.Length; index++)
        {
            if (SentenceSplitter.Split(lines[index]) is [{ IsSentence: true }])
            {
                Assert.Equal(batch[index], together[index]);
                single++;
            }
        }

        Assert.InRange(single, 900, 1000);
    }

    [Fact]
    public void White_space_and_lines_without_words_stay_and_sentences_are_translated_each_by_itself()
    {
        using EnglishToFrench model = EnglishToFrench.Load(WeightsPath);
        using Translator translator = Of(model);
        string cat = translator.Translate(Cat);
        string dogs = translator.Translate(Dogs);
        Assert.NotEqual(Cat, cat);
        Assert.Equal(
            $"\r\n  {cat}  \t{dogs}\n\n---\n\t{dogs} \n🙂\u2028{cat}\r",
            translator.Translate($"\r\n  {Cat}  \t{Dogs}\n\n---\n\t{Dogs} \n🙂\u2028{Cat}\r"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n\n")]
    [InlineData("— … 🙂 !?")]
    public void Text_without_words_gives_itself_back_without_running_anything(string text)
    {
        // A tokeniser that is asked would throw.
        using EnglishToFrench model = EnglishToFrench.Load(WeightsPath);
        foreach (bool split in new[] { true, false })
        {
            using Translator translator = Translator.Create(model, new Unused(), new() { SplitSentences = split });
            Assert.Equal(text, translator.Translate(text));
            Assert.Equal([text, text], translator.TranslateBatch([text, text]));
            Assert.Equal(text, string.Concat(translator.Stream(text)));
        }
    }

    [Fact]
    public void One_by_one_in_batches_of_any_grouping_and_streamed_the_text_is_the_same()
    {
        string[] texts = [Cat, "", $"{Girl} {Dogs}\n{Cat}", Dogs, $"  {Girl}", "A man.", $"{Dogs} {Dogs}", "…", Cat];
        using EnglishToFrenchBeams model = EnglishToFrenchBeams.Load(WeightsPath);
        GenerationOptions[] searches =
        [
            new(), new() { Prefix = [17, 30] }, new() { MaxLength = 3 }, new() { Sample = true, Seed = 3 }, new() { Beams = 4 }, new() { Beams = 3, NBest = 2, LengthPenalty = 0.6f },
        ];
        foreach (GenerationOptions generation in searches)
        {
            using Translator translator = Of(model, new() { Generation = generation });
            string[] alone = [.. texts.Select(text => translator.Translate(text))];
            Assert.Equal(alone, translator.TranslateBatch(texts));
            foreach (int size in new[] { 1, 2, 5 })
            {
                Assert.Equal(alone, texts.Chunk(size).SelectMany(chunk => translator.TranslateBatch(chunk)));
            }

            if (generation.Beams == 1)
            {
                Assert.Equal(alone, texts.Select(text => string.Concat(translator.Stream(text))));
                using Translator foreign = Translator.Create(model, new MarianTokenizer(), new() { Generation = generation });
                Assert.Equal(alone, texts.Select(text => foreign.Translate(text)));
                Assert.Equal(alone, texts.Select(text => string.Concat(foreign.Stream(text))));
            }
        }
    }

    [Fact]
    public void Declarations_of_every_kind_give_the_same_text()
    {
        const string Text = "Two dogs are running.\nA cat sits.";
        using EnglishToFrench plain = EnglishToFrench.Load(WeightsPath);
        using EnglishToFrenchBeams beams = EnglishToFrenchBeams.Load(WeightsPath);
        using ShortEnglishToFrench batch = ShortEnglishToFrench.Load(WeightsPath);
        using Nested.StackEnglishToFrench stack = Nested.StackEnglishToFrench.Load(WeightsPath);
        using ConfiguredEnglishToFrench configured = ConfiguredEnglishToFrench.Load(WeightsPath);
        string expected = Check(Of(plain));
        Assert.Equal(expected, Check(Of(beams)));
        Assert.Equal(expected, Check(Of(batch)));
        Assert.Equal(expected, Check(Of(stack)));
        Assert.Equal(expected, Check(Translator.Create(configured, new StreamingMarianTokenizer())));

        static string Check(Translator translator)
        {
            using (translator)
            {
                string text = translator.Translate(Text);
                Assert.Equal([text, text, text, text], translator.TranslateBatch([Text, Text, Text, Text]));
                Assert.Equal(text, string.Concat(translator.Stream(Text)));
                return text;
            }
        }
    }

    [Fact]
    public void A_stream_gives_text_word_by_word_and_works_only_while_it_is_asked()
    {
        using EnglishToFrench model = EnglishToFrench.Load(WeightsPath);
        using Translator translator = Of(model);
        string[] pieces = [.. translator.Stream($" {Girl}\n{Dogs} ")];
        Assert.InRange(pieces.Length, 10, 60);
        Assert.All(pieces, static piece => Assert.NotEqual("", piece));
        Assert.Equal(" ", pieces[0]);

        // Left at any piece, it keeps nobody else out.
        foreach (string piece in translator.Stream(Girl))
        {
            break;
        }

        using IEnumerator<string> abandoned = translator.Stream(Girl).GetEnumerator();
        Assert.True(abandoned.MoveNext());
        Assert.Equal(string.Concat(pieces), translator.Translate($" {Girl}\n{Dogs} "));
        Assert.Contains("used for another text since this stream began", Assert.Throws<InvalidOperationException>(() => abandoned.MoveNext()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tokeniser_of_another_library_streams_sentence_by_sentence()
    {
        using EnglishToFrench model = EnglishToFrench.Load(WeightsPath);
        using Translator translator = Translator.Create(model, new MarianTokenizer());
        Assert.Equal([translator.Translate(Cat), "\n", translator.Translate(Dogs)], translator.Stream($"{Cat}\n{Dogs}"));
    }

    [Fact]
    public void Beams_are_not_streamed()
    {
        using EnglishToFrenchBeams model = EnglishToFrenchBeams.Load(WeightsPath);
        using Translator translator = Of(model, new() { Generation = new() { Beams = 4 } });
        Assert.Contains("Beams = 4 and NBest = 1", Assert.Throws<InvalidOperationException>(() => translator.Stream(Cat)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sentence_that_is_too_long_is_cut_and_told()
    {
        var split = new List<SplitSentence>();
        using ShortEnglishToFrench model = ShortEnglishToFrench.Load(WeightsPath);
        using Translator translator = Of(model, new() { OnSplit = split.Add });
        const string Long = "A man in a blue shirt, a woman in a red dress, and two dogs are standing on the beach";
        string text = $"{Cat} {Long}.\n{Dogs}";
        string translated = translator.Translate(text);

        SplitSentence told = Assert.Single(split);
        Assert.Equal(Long + ".", told.Text);
        Assert.InRange(told.Parts.Count, 2, 4);
        Assert.Equal("A man in a blue shirt, a woman in a", told.Parts[0]);
        Assert.Equal(told.Text, string.Join(' ', told.Parts));
        string[] parts = [.. told.Parts.Select(part => translator.Translate(part))];
        Assert.Equal($"{translator.Translate(Cat)} {string.Join(' ', parts)}\n{translator.Translate(Dogs)}", translated);
        Assert.Single(split);

        // With a prefix there is less room.
        using Translator prefixed = Of(model, new() { Prefix = "A man in a blue shirt. ", OnSplit = split.Add });
        _ = prefixed.TranslateBatch([Girl]);
        Assert.Equal(Girl, string.Join(' ', split[1].Parts));
        Assert.True(split[1].Parts.Count > 1);
    }

    [Fact]
    public void A_prefix_stands_before_every_source()
    {
        using EnglishToFrench model = EnglishToFrench.Load(WeightsPath);
        var seen = new Recorder();
        using Translator translator = Translator.Create(model, seen, new() { Prefix = "translate: " });
        translator.Translate($"  {Cat} {Dogs}\n");
        Assert.Equal(["translate: " + Cat, "translate: " + Dogs], seen.Texts);
    }

    [Fact]
    public void A_target_that_runs_out_of_room_is_told_also_where_its_end_is_forced()
    {
        using EnglishToFrenchBeams model = EnglishToFrenchBeams.Load(WeightsPath);
        GenerationOptions[] searches = [new() { MaxLength = 4 }, new() { MaxLength = 4, ForcedEnd = EnglishToFrenchBeams.EndToken }];
        foreach (GenerationOptions generation in searches)
        {
            var truncated = new List<TruncatedTarget>();
            using Translator translator = Of(model, new() { Generation = generation, OnTruncated = truncated.Add });
            string text = translator.Translate($"{Cat}\n");
            TruncatedTarget told = Assert.Single(truncated);
            Assert.Equal((Cat, text.TrimEnd(), 4), (told.Source, told.Target, told.Length));

            translator.TranslateBatch([Dogs, "", $"{Cat} {Girl}"]);
            Assert.Equal([Cat, Dogs, Cat, Girl], truncated.Select(static each => each.Source));
            foreach (string piece in translator.Stream(Dogs))
            {
            }

            Assert.Equal((5, Dogs), (truncated.Count, truncated[^1].Source));
        }

        using Translator ample = Of(model, new() { OnTruncated = static _ => Assert.Fail("This one has ended.") });
        ample.Translate(Cat);
    }

    [Fact]
    public void Progress_counts_the_texts_that_are_done()
    {
        using EnglishToFrenchBeams model = EnglishToFrenchBeams.Load(WeightsPath);
        using Translator translator = Of(model);
        var seen = new Progress();
        translator.TranslateBatch(["", Cat, $"{Dogs} {Girl}", " ", Girl], seen);
        Assert.Equal([2, 3, 4, 5], seen.Counts);
        Assert.Empty(translator.TranslateBatch([]));
        Assert.Throws<ArgumentNullException>("texts", () => translator.TranslateBatch([Cat, null!]));
    }

    [Fact]
    public void Every_call_can_be_cancelled_and_the_translator_be_used_again()
    {
        using EnglishToFrenchBeams model = EnglishToFrenchBeams.Load(WeightsPath);
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        using Translator translator = Of(model);
        string expected = translator.Translate(Cat);
        Assert.Throws<OperationCanceledException>(() => translator.Translate(Cat, cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => translator.TranslateBatch([Cat], cancellation: cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => translator.Stream(Cat, cancelled.Token).Count());
        using CancellationTokenSource later = new();
        int pieces = 0;
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (string piece in translator.Stream(Cat, later.Token))
            {
                if (++pieces == 2)
                {
                    later.Cancel();
                }
            }
        });
        Assert.Equal((2, expected), (pieces, translator.Translate(Cat)));
    }

    [Fact]
    public void A_second_call_at_the_same_time_is_refused_and_translators_of_one_model_run_side_by_side()
    {
        using EnglishToFrenchBeams model = EnglishToFrenchBeams.Load(WeightsPath);
        Translator? itself = null;
        Exception? refused = null;
        using Translator translator = Of(model, new()
        {
            Generation = new() { MaxLength = 2 },
            OnTruncated = _ => refused = Record.Exception(() => itself!.Translate(Cat)),
        });
        itself = translator;
        translator.Translate(Cat);
        Assert.Contains("in use by another call", Assert.IsType<InvalidOperationException>(refused).Message, StringComparison.Ordinal);

        string expected = Of(model).Translate($"{Cat} {Girl}");
        Parallel.For(0, 16, _ =>
        {
            using Translator own = Of(model);
            Assert.Equal(expected, own.Translate($"{Cat} {Girl}"));
        });
    }

    [Fact]
    public void After_disposal_calls_are_refused_and_a_model_that_was_given_lives_on()
    {
        using EnglishToFrench model = EnglishToFrench.Load(WeightsPath);
        Translator translator = Of(model);
        string expected = translator.Translate(Cat);
        using IEnumerator<string> stream = translator.Stream(Cat).GetEnumerator();
        Assert.True(stream.MoveNext());
        translator.Dispose();
        translator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => translator.Translate(Cat));
        Assert.Throws<ObjectDisposedException>(() => translator.TranslateBatch([Cat]));
        Assert.Throws<ObjectDisposedException>(() => translator.Stream(Cat));
        Assert.Throws<ObjectDisposedException>(() => stream.MoveNext());
        using Translator other = Of(model);
        Assert.Equal(expected, other.Translate(Cat));
    }

    [Fact]
    public void Options_that_cannot_be_followed_are_refused_when_the_translator_is_made()
    {
        using EnglishToFrench model = EnglishToFrench.Load(WeightsPath);
        Assert.Contains("MaxBeams = 1", Assert.ThrowsAny<ArgumentException>(() => Of(model, new() { Generation = new() { Beams = 4 } })).Message, StringComparison.Ordinal);
        PipelineException languages = Assert.Throws<PipelineException>(() => Of(model, new() { TargetLanguage = "fra_Latn" }));
        Assert.Equal(PipelineError.Languages, languages.Error);
        Assert.Contains("StreamingMarianTokenizer", languages.Message, StringComparison.Ordinal);
        using Translator translator = Of(model);
        Assert.Equal(PipelineError.Languages, Assert.Throws<PipelineException>(() => translator.WithLanguages("eng_Latn", "fra_Latn")).Error);
        Assert.Equal((null, null), (translator.SourceLanguage, translator.TargetLanguage));
    }

    /// <summary>A longer target may take a longer string, and nothing else: least of several, since a collection elsewhere may charge this thread.</summary>
    [Fact]
    public void A_token_takes_no_memory_but_its_text()
    {
        using EnglishToFrenchBeams model = EnglishToFrenchBeams.Load(WeightsPath);
        long few = Allocated(4);
        long many = Allocated(100);
        Assert.InRange(many - few, 0, 8 * 96);

        long Allocated(int tokens)
        {
            // Ids of nothing: every token's text is empty, so that only what a token takes beside its text is counted.
            using Translator translator = Translator.Create(model, new Silent(), new() { Generation = new() { MinLength = tokens, MaxLength = tokens } });
            long least = long.MaxValue;
            for (int round = 0; round < 10; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                translator.Translate(Cat);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            return least;
        }
    }

    private static Translator Of<TModel>(TModel model, TranslatorOptions? options = null)
        where TModel : IEncoderDecoder<TModel> => Translator.Create(model, new StreamingMarianTokenizer(), options);

    private static string[] Lines(string name)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedFolder.File("data", "multi30k", name)), CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private sealed class Unused : ITokenizer
    {
        public int[] Encode(ReadOnlySpan<char> text) => throw new InvalidOperationException("Nobody asked for this.");

        public string Decode(ReadOnlySpan<int> ids) => throw new InvalidOperationException("Nobody asked for this.");
    }

    private sealed class Silent : MarianTokenizer, ITokenizer
    {
        string ITokenizer.Decode(ReadOnlySpan<int> ids) => "";
    }

    private sealed class Recorder : ITokenizer
    {
        private readonly MarianTokenizer _tokenizer = new();

        public List<string> Texts { get; } = [];

        public int[] Encode(ReadOnlySpan<char> text)
        {
            Texts.Add(text.ToString());
            return _tokenizer.Encode(text);
        }

        public string Decode(ReadOnlySpan<int> ids) => _tokenizer.Decode(ids);
    }

    private sealed class Progress : IProgress<int>
    {
        public List<int> Counts { get; } = [];

        public void Report(int value) => Counts.Add(value);
    }
}

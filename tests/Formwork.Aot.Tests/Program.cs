using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Formwork;
using Formwork.Aot.Tests;
using Formwork.Generation;
using Formwork.Golden.Tests;
using Formwork.Kernels;
using Formwork.Pipeline;
using Formwork.Text;
using Formwork.Weights;

// benchmarks/first-token.py asks for these two.
switch (args)
{
    case ["--pack", string from, string to]:
        using (EnglishToFrench model = EnglishToFrench.Load(from))
        {
            model.Save(to);
        }

        return 0;
    case ["--first-token", string weights]:
        using (EnglishToFrench model = EnglishToFrench.Load(weights))
        {
            int[] token = new int[1];
            model.Generate([23, 94, 20, 5, 165, 59, 14, 28, 11, 5, 339, 6, EnglishToFrench.EndToken], token);
            Console.WriteLine(token[0]);
        }

        return 0;

    // How small a thread may be: docs/embedded.md has what was found.
    case ["--stack", string name, string kibibytes, string weights]:
        Console.WriteLine(OnSmallThread(name, weights, int.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024).Length);
        return 0;
}

// Published with NativeAOT and run: the same numbers as under the JIT, from the same recorded references.
// Arguments: the repository's folder, and the SIMD path that this binary was built for (optional).
string repository = args.Length > 0 ? args[0] : ".";
string goldens = Path.Combine(repository, "tests", "Formwork.Golden.Tests", "goldens");
string shared = Path.Combine(repository, "..", "shared", "models");
string sample = Path.Combine(repository, "samples", "Translate", "model");
var checks = new Checks();

checks.Run("this is a native program without a JIT", () =>
{
    if (RuntimeFeature.IsDynamicCodeSupported)
    {
        throw new InvalidOperationException("Dynamic code is supported: this program was not compiled ahead of time.");
    }
});

checks.Run($"the kernels take the path that was built for ({Simd.Path})", () =>
{
    if (args.Length > 1 && Simd.Path.ToString() != args[1])
    {
        throw new InvalidOperationException($"Expected {args[1]}.");
    }
});

checks.RunWith(Path.Combine(shared, "aren-transliteration", "model.safetensors"), "transliteration: ids and log-probabilities of the reference", path =>
{
    using Transliteration model = Transliteration.Load(path);
    int[] target = new int[Transliteration.TargetLength];
    using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(goldens, "aren-transliteration.json")));
    foreach (JsonElement word in golden.RootElement.GetProperty("words").EnumerateArray())
    {
        int[] source = Ids(word, "source");
        int[] ids = Ids(word, "ids");
        Checks.Same(ids, target.AsSpan(0, model.Generate(source, target)), "ids");
        Checks.Near(word.GetProperty("logProb").GetDouble(), model.Score(source, ids).Sum(), 1e-3, "log-probability");
    }
});

// The thread has the kernels' frames, the generated ones and the whole state; nothing but the weights lies elsewhere.
const int SmallStack = 256 * 1024;
checks.RunWith(Path.Combine(shared, "aren-transliteration", "model.safetensors"), "transliteration with its whole state on the stack of a thread of 256 KiB", path =>
    Checks.Same([3, 11, 23, 13, 8, 7, 2], OnSmallThread("transliteration", path, SmallStack), "ids"));

checks.RunWith(Path.Combine(shared, "bart-g2p", "model.safetensors"), "grapheme to phoneme with its whole state on the stack of a thread of 256 KiB", path =>
{
    using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(goldens, "bart-g2p.json")));
    Checks.Same(Ids(golden.RootElement.GetProperty("named")[0], "ids"), OnSmallThread("g2p", path, SmallStack), "ids");
});

checks.RunWith(Path.Combine(shared, "bart-g2p", "model.safetensors"), "grapheme to phoneme: named words of the reference", path =>
{
    using GraphemeToPhoneme model = GraphemeToPhoneme.Load(path);
    int[] target = new int[GraphemeToPhoneme.TargetLength];
    using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(goldens, "bart-g2p.json")));
    foreach (JsonElement word in golden.RootElement.GetProperty("named").EnumerateArray())
    {
        int[] source = Ids(word, "source");
        int[] ids = Ids(word, "ids");
        Checks.Same(ids, target.AsSpan(0, model.Generate(source, target)), "ids");
        Checks.Near(word.GetProperty("logProb").GetDouble(), model.Score(source, ids).Sum(), 1e-3, "log-probability");
    }
});

checks.RunWith(Path.Combine(goldens, "translate.json"), "English to French: text through the tokeniser, ids of the reference, nothing allocated", path =>
{
    using EnglishToFrench model = EnglishToFrench.Load(Path.Combine(sample, "model.safetensors"));
    SentencePieceModel pieces = SentencePieceModel.Load(Path.Combine(sample, "sentencepiece.model"));
    int[] target = new int[EnglishToFrench.TargetLength];
    using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(path));
    foreach (JsonElement sentence in golden.RootElement.GetProperty("sentences").EnumerateArray())
    {
        int[] source = [.. pieces.Encode(sentence.GetProperty("text").GetString()!), EnglishToFrench.EndToken];
        Checks.Same(Ids(sentence, "source"), source, "source");
        model.Generate(source, target);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int length = model.Generate(source, target);
        Checks.Near(0, GC.GetAllocatedBytesForCurrentThread() - before, 0, "allocated bytes");
        Checks.Same(Ids(sentence, "ids"), target.AsSpan(0, length), "ids");
        Console.WriteLine($"         {pieces.Decode(target.AsSpan(0, length - 1))}");
    }
});

checks.RunWith(Path.Combine(sample, "model.safetensors"), "English to French from packed weights, mapped and copied: the same tokens", path =>
{
    string packed = Path.Combine(Path.GetTempPath(), $"formwork-{Guid.NewGuid():N}.fw");
    try
    {
        int[] source = [31, 10, 19, 13, 5, 7, EnglishToFrench.EndToken];
        int[] expected = new int[EnglishToFrench.TargetLength];
        using EnglishToFrench original = EnglishToFrench.Load(path);
        int length = original.Generate(source, expected);
        original.Save(packed);
        PackedWeights.Verify(packed);
        foreach (WeightStorage storage in (WeightStorage[])[WeightStorage.Mapped, WeightStorage.Copied])
        {
            using EnglishToFrench loaded = EnglishToFrench.Load(packed, storage: storage);
            int[] found = new int[EnglishToFrench.TargetLength];
            Checks.Same(expected.AsSpan(0, length), found.AsSpan(0, loaded.Generate(source, found)), storage.ToString());
        }
    }
    finally
    {
        File.Delete(packed);
    }
});

checks.RunWith(Path.Combine(goldens, "search-translate.json"), "English to French with beams, streamed, sampled and in batches: hypotheses of the reference, nothing allocated", path =>
{
    using EnglishToFrenchBeams model = EnglishToFrenchBeams.Load(Path.Combine(sample, "model.safetensors"));
    using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(path));
    JsonElement.ArrayEnumerator options = golden.RootElement.GetProperty("options").EnumerateArray();
    int plain = options.Select(static (option, index) => (option.GetRawText(), index)).Single(static pair => pair.Item1 == """{"convention":"HuggingFace","beams":4,"nBest":4}""").index;
    Search search = model.CreateSearch(new() { Beams = 4, NBest = 4 });
    Search dice = model.CreateSearch(new() { Sample = true, Seed = 5, NBest = 3 });
    using BatchMemory batch = model.CreateBatch();
    using StateMemory state = model.CreateState();
    int[] target = new int[EnglishToFrenchBeams.TargetLength];
    foreach (JsonElement sentence in golden.RootElement.GetProperty("sources").EnumerateArray())
    {
        int[] source = Ids(sentence, "source");
        JsonElement[] best = [.. sentence.GetProperty("results").EnumerateArray().Single(result => result.GetProperty("o").GetInt32() == plain).GetProperty("best").EnumerateArray()];
        model.Generate(source, search, batch);
        model.Generate(source, dice, batch);
        ScoredTarget[] drawn = dice.ToArray();
        long before = GC.GetAllocatedBytesForCurrentThread();
        model.Generate(source, dice, batch);
        model.Generate(source, search, batch);
        int length = 0;
        foreach (int token in model.Stream(source, state))
        {
            target[length++] = token;
        }

        Checks.Near(0, GC.GetAllocatedBytesForCurrentThread() - before, 0, "allocated bytes");
        Checks.Near(best.Length, search.Count, 0, "hypotheses");
        for (int index = 0; index < best.Length; index++)
        {
            JsonElement expected = sentence.GetProperty("hypotheses")[best[index][0].GetInt32()];
            Checks.Same([.. expected[0].EnumerateArray().Select(static id => id.GetInt32())], search[index].Tokens, "ids");
            Checks.Near(best[index][2].GetDouble(), search[index].Score, 1e-4, "score");
        }

        int[] greedy = new int[EnglishToFrenchBeams.TargetLength];
        Checks.Same(greedy.AsSpan(0, model.Generate(source, greedy)), target.AsSpan(0, length), "streamed ids");
        Checks.Same(drawn[0].Tokens, dice[0].Tokens, "ids of the same seed");
        ScoredTarget[][] together = model.GenerateBatch([source, source], search.Options);
        Checks.Same(together[1][0].Tokens, search[0].Tokens, "ids in a batch");
    }
});

checks.RunWith(Path.Combine(goldens, "translate.json"), "text in, text out: the reference's translations alone, in a batch and streamed", path =>
{
    using EnglishToFrenchBeams model = EnglishToFrenchBeams.Load(Path.Combine(sample, "model.safetensors"));
    PiecesTokenizer tokenizer = new(SentencePieceModel.Load(Path.Combine(sample, "sentencepiece.model")));
    using Translator translator = Translator.Create(model, tokenizer, new() { SplitSentences = false });
    using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(path));
    JsonElement[] sentences = [.. golden.RootElement.GetProperty("sentences").EnumerateArray()];
    string[] batch = translator.TranslateBatch([.. sentences.Select(static sentence => sentence.GetProperty("text").GetString()!)]);
    for (int index = 0; index < sentences.Length; index++)
    {
        string text = sentences[index].GetProperty("text").GetString()!;
        string expected = sentences[index].GetProperty("translation").GetString()!;
        Checks.Same(expected.Select(static unit => (int)unit).ToArray(), batch[index].Select(static unit => (int)unit).ToArray(), "text in a batch");
        Checks.Same(expected.Select(static unit => (int)unit).ToArray(), string.Concat(translator.Stream(text)).Select(static unit => (int)unit).ToArray(), "streamed text");
    }
});

checks.Run("damaged weights are refused with a typed error", () =>
{
    try
    {
        using EnglishToFrench model = EnglishToFrench.Load(new ReadOnlyMemory<byte>([1, 2, 3]));
    }
    catch (WeightLoadException exception) when (exception.Message.Length > 0)
    {
        return;
    }

    throw new InvalidOperationException("Three bytes were taken for weights.");
});

return checks.Finish();

// What a model with its state on the stack generates on a thread with so much of it.
static int[] OnSmallThread(string name, string weights, int stackBytes)
{
    int[] target = new int[StackGraphemeToPhoneme.TargetLength];
    int length = 0;
    using IDisposable model = name == "g2p" ? StackGraphemeToPhoneme.Load(weights) : StackTransliteration.Load(weights);
    Thread thread = new(
        () => length = model is StackGraphemeToPhoneme graphemes
            ? graphemes.Generate([1, 12, 52, 16, 16, 54, 2], target)
            : ((StackTransliteration)model).Generate([31, 10, 19, 13, 5, 7], target),
        stackBytes);
    thread.Start();
    thread.Join();
    return target[..length];
}

static int[] Ids(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(static id => id.GetInt32())];

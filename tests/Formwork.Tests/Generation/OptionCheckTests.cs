using Formwork.Generation;
using Formwork.Generation.Constraints;

namespace Formwork.Tests.Generation;

[Trait("Category", "Generation")]
public class OptionCheckTests
{
    private const string Raise = " in its [Transformer] attribute.";
    private static readonly GenerationOptions Default = new();
    private static readonly GenerationOptions Translator = new() { Convention = ScoreConvention.CTranslate2 };
    private static readonly GenerationOptions Sampled = new() { Sample = true };

    /// <summary>Options that are refused, and how the message begins. The vocabulary has 12 ids, a target 20, and the end token is 0.</summary>
    private static readonly (GenerationOptions Options, string Message)[] Refused =
    [
        // Beams and hypotheses.
        (Default with { Beams = 0 }, "Beams is 0, but a search follows at least 1 hypothesis: 1 is greedy search."),
        (Default with { Beams = 5 }, "Beams is 5, but Samples.Tiny was generated for at most MaxBeams = 4: search with fewer beams, or raise MaxBeams" + Raise),
        (Default with { NBest = 0 }, "NBest is 0, but a search returns at least 1 hypothesis."),
        (Default with { Beams = 3, NBest = 4 }, "NBest is 4, but a search with Beams = 3 returns at most as many hypotheses: raise Beams, or set Sample = true to draw any number."),
        (Translator with { Beams = 3, Patience = 1.4f, NBest = 5 }, "NBest is 5, but a search returns at most as many hypotheses as it waits for, Beams · Patience = 3 · 1.4, rounded: raise Beams or Patience, or set Sample = true to draw any number."),
        (Sampled with { Beams = 2 }, "Beams is 2, but Sample is true, and samples are drawn one by one: set Beams = 1 (NBest is the number of samples), or Sample = false."),

        // Conventions.
        (Default with { Convention = (ScoreConvention)7 }, "Convention is 7, but it is HuggingFace or CTranslate2."),
        (Default with { EarlyStopping = (EarlyStopping)7 }, "EarlyStopping is 7, but it is Heuristic, Immediate or Never."),
        (Translator with { Patience = 0 }, "Patience is 0, but it is a finite number above 0, and 1 leaves it out."),
        (Translator with { Patience = float.NaN }, "Patience is NaN, but it is a finite number above 0, and 1 leaves it out."),
        (Default with { Patience = 2 }, "Patience is 2, but Hugging Face's search has no patience: set Convention = ScoreConvention.CTranslate2, or use EarlyStopping."),
        (Translator with { EarlyStopping = EarlyStopping.Never }, "EarlyStopping is Never, but CTranslate2's search has no such option: set Convention = ScoreConvention.HuggingFace, or use Patience."),

        // Scores.
        (Default with { LengthPenalty = float.NaN }, "LengthPenalty is NaN, but it is a finite number: 0 leaves sums as they are."),
        (Default with { LengthPenalty = float.PositiveInfinity }, "LengthPenalty is Infinity, but it is a finite number: 0 leaves sums as they are."),
        (Default with { CoveragePenalty = -0.5f }, "CoveragePenalty is -0.5, but it is a finite number from 0, and 0 leaves it out."),
        (Default with { CoveragePenalty = float.NaN }, "CoveragePenalty is NaN, but it is a finite number from 0, and 0 leaves it out."),
        (Default with { CoveragePenalty = 0.2f }, "CoveragePenalty is 0.2, but Samples.Tiny records no cross-attention, which it is computed from: set RecordCrossAttention = true in its [Transformer] attribute, or leave CoveragePenalty out."),
        (Default with { RepetitionPenalty = 0 }, "RepetitionPenalty is 0, but it is a finite number above 0, and 1 leaves it out."),
        (Default with { RepetitionPenalty = float.PositiveInfinity }, "RepetitionPenalty is Infinity, but it is a finite number above 0, and 1 leaves it out."),
        (Default with { NoRepeatNgram = -1 }, "NoRepeatNgram is -1, but it is a number of ids from 1, or 0 for no such rule."),

        // Sampling.
        (Sampled with { Temperature = 0 }, "Temperature is 0, but it is a finite number above 0, and 1 leaves it out."),
        (Sampled with { Temperature = float.NaN }, "Temperature is NaN, but it is a finite number above 0, and 1 leaves it out."),
        (Sampled with { TopK = -1 }, "TopK is -1, but it is a number of tokens from 1, or 0 for all."),
        (Sampled with { TopP = 0 }, "TopP is 0, but it is a probability above 0 and at most 1, and 1 leaves it out."),
        (Sampled with { TopP = 1.5f }, "TopP is 1.5, but it is a probability above 0 and at most 1, and 1 leaves it out."),
        (Sampled with { TopP = float.NaN }, "TopP is NaN, but it is a probability above 0 and at most 1, and 1 leaves it out."),
        (Sampled with { MinP = -0.1f }, "MinP is -0.1, but it is a share from 0 to 1, and 0 leaves it out."),
        (Sampled with { MinP = float.NaN }, "MinP is NaN, but it is a share from 0 to 1, and 0 leaves it out."),
        (Translator with { Sample = true, MinP = 0.1f }, "MinP is 0.1, but CTranslate2's sampler has no such option: set Convention = ScoreConvention.HuggingFace, or use TopP."),
        (Sampled with { CoveragePenalty = 0.5f }, "CoveragePenalty is 0.5, but samples are drawn, not searched for: set Sample = false, or leave CoveragePenalty out."),
        (Sampled with { Prefix = [2], PrefixBias = 0.5f }, "PrefixBias is 0.5, but samples are drawn, not searched for:"),
        (Sampled with { EarlyStopping = EarlyStopping.Never }, "EarlyStopping is Never, but samples are drawn, not searched for:"),
        (Translator with { Sample = true, Patience = 2 }, "Patience is 2, but samples are drawn, not searched for:"),
        (Translator with { Patience = 2, NBest = 2 }, "NBest is 2, but greedy search finds 1 hypothesis: raise Beams, or set Sample = true to draw any number."),
        (Default with { Temperature = 0.5f }, "Temperature is 0.5, but nothing is drawn while Sample is false: set Sample = true, or leave Temperature out."),
        (Default with { TopK = 5 }, "TopK is 5, but nothing is drawn while Sample is false: set Sample = true, or leave TopK out."),
        (Default with { TopP = 0.5f }, "TopP is 0.5, but nothing is drawn while Sample is false: set Sample = true, or leave TopP out."),
        (Default with { MinP = 0.5f }, "MinP is 0.5, but nothing is drawn while Sample is false: set Sample = true, or leave MinP out."),
        (Default with { Seed = 9 }, "Seed is 9, but nothing is drawn while Sample is false: set Sample = true, or leave Seed out."),

        // Lists of ids.
        (Default with { SuppressedTokens = null! }, "SuppressedTokens is null, but it is a list of ids: leave it out, or give an empty list."),
        (Default with { SuppressedAtStart = null! }, "SuppressedAtStart is null,"),
        (Default with { SuppressedSequences = null! }, "SuppressedSequences is null,"),
        (Default with { Prefix = null! }, "Prefix is null,"),
        (Default with { Phrases = null! }, "Phrases is null,"),
        (Default with { SuppressedSequences = [[1], null!] }, "SuppressedSequences[1] is null,"),
        (Default with { Phrases = [null!] }, "Phrases[0] is null,"),
        (Default with { SuppressedTokens = [3, 12] }, "SuppressedTokens[1] is 12, but ids of Samples.Tiny lie between 0 and 11: the tokeniser and the model do not belong together."),
        (Default with { SuppressedAtStart = [-1] }, "SuppressedAtStart[0] is -1, but ids of Samples.Tiny lie between 0 and 11:"),
        (Default with { SuppressedSequences = [[1], [2, 12]] }, "SuppressedSequences[1][1] is 12, but ids"),
        (Default with { Prefix = [int.MaxValue] }, "Prefix[0] is 2147483647, but ids"),
        (Default with { Phrases = [[2], [3, 4, -5]] }, "Phrases[1][2] is -5, but ids"),
        (Default with { ForcedStart = 12 }, "ForcedStart is 12, but ids"),
        (Default with { ForcedEnd = -1 }, "ForcedEnd is -1, but ids"),
        (Default with { SuppressedSequences = [[]] }, "SuppressedSequences[0] is empty, but it needs at least one id: leave it out."),
        (Default with { Phrases = [[2], []] }, "Phrases[1] is empty, but it needs at least one id: leave it out."),
        (Default with { SuppressedSequences = [[0]] }, "SuppressedSequences[0] is the end token 0 alone, which Hugging Face's search does not suppress: put it into SuppressedTokens if it is never to come."),

        // Lengths and the prefix.
        (Default with { MaxLength = 0 }, "MaxLength is 0, but a target has room for at least 1 id, the end token: leave it out for all the room there is."),
        (Default with { MaxLength = 21 }, "MaxLength is 21, but Samples.Tiny was generated for at most TargetLength = 20: lower MaxLength, or raise TargetLength" + Raise),
        (Default with { MinLength = -1 }, "MinLength is -1, but it is a number of ids from 0."),
        (Default with { MinLength = 6, MaxLength = 5 }, "MinLength is 6, but MaxLength = 5 is less: lower MinLength, or raise MaxLength."),
        (Translator with { MinLength = 6, MaxLength = 5 }, "MinLength is 6, but MaxLength = 5 is less: lower MinLength, or raise MaxLength."),
        (Default with { MinLength = 21 }, "MinLength is 21, but Samples.Tiny has room for 20 ids: lower MinLength, or raise TargetLength" + Raise),
        (Default with { MinLength = 19, Prefix = [2, 3] }, "MinLength is 19, but Samples.Tiny has room for 18 ids: lower MinLength, or raise TargetLength" + Raise),
        (Translator with { MinLength = 21, Prefix = [2, 3] }, "MinLength is 21, but Samples.Tiny has room for 20 ids:"),
        (Translator with { MaxLength = 2, Prefix = [2, 3] }, "MaxLength is 2, but Prefix has 2 ids, which CTranslate2's MaxLength counts, and at least one has to be left: raise MaxLength, or shorten the prefix."),
        (Default with { Prefix = [.. Enumerable.Repeat(2, 20)] }, "Prefix has 20 ids, but Samples.Tiny was generated for targets of TargetLength = 20, of which one has to be left: shorten the prefix, or raise TargetLength" + Raise),
        (Default with { Prefix = [2, 0] }, "Prefix[1] is the end token 0, but nothing comes after the end token: end the prefix before it."),
        (Default with { Prefix = [2], PrefixBias = 1 }, "PrefixBias is 1, but it lies between 0 and 1, exclusive of 1: leave it out (0) where the prefix must be followed."),
        (Default with { Prefix = [2], PrefixBias = -0.5f }, "PrefixBias is -0.5, but it lies between 0 and 1,"),
        (Default with { Prefix = [2], PrefixBias = float.NaN }, "PrefixBias is NaN, but it lies between 0 and 1,"),
        (Default with { PrefixBias = 0.5f }, "PrefixBias is 0.5, but Prefix is empty, so there is nothing to favour: set Prefix, or leave PrefixBias out."),

        // Forced tokens.
        (Default with { ForcedStart = 11 }, "ForcedStart is 11, but Samples.Tiny never produces that token: leave ForcedStart out."),
        (Default with { ForcedEnd = 11 }, "ForcedEnd is 11, but Samples.Tiny never produces that token: leave ForcedEnd out."),
        (Default with { ForcedStart = 3, SuppressedTokens = [2, 3] }, "ForcedStart is 3, but SuppressedTokens holds it too: take it out of there, or leave ForcedStart out."),
        (Default with { ForcedEnd = 3, SuppressedTokens = [2, 3] }, "ForcedEnd is 3, but SuppressedTokens holds it too:"),
        (Default with { ForcedStart = 3, Prefix = [4, 3] }, "ForcedStart is 3, but Prefix begins with 4: let the prefix begin with the forced token, or leave ForcedStart out."),

        // Phrases.
        (Default with { Phrases = [.. Enumerable.Repeat<int[]>([2], 65)] }, "Phrases holds 65 phrases, but at most 64 can be followed: leave out the rest."),
        (Default with { Phrases = [[2], [3, 0]] }, "Phrases[1] holds 0, the end token, which only comes last: end the phrase before it."),
        (Default with { Phrases = [[11]] }, "Phrases[0] holds 11, which Samples.Tiny never produces: the phrase cannot appear."),
        (Default with { Phrases = [[2]], SuppressedTokens = [2] }, "Phrases[0] holds 2, which SuppressedTokens holds too: the phrase cannot appear."),
        (Default with { Phrases = [[2, 3, 4, 5]], SuppressedSequences = [[7], [3, 4]] }, "Phrases[0] contains SuppressedSequences[1], so it cannot appear: leave one of them out."),
        (Default with { Phrases = [[2, 3, 4, 2, 3]], NoRepeatNgram = 2 }, "Phrases[0] repeats 2 ids, which NoRepeatNgram = 2 forbids: leave one of them out."),
        (Default with { Phrases = [[2, 3, 4], [5]], MaxLength = 4 }, "Phrases and the end token may take 5 ids, but there is room for 4: give fewer or shorter phrases, or raise MaxLength or TargetLength."),
        (Default with { Phrases = [[2, 3, 4]], ForcedStart = 5, MaxLength = 4 }, "Phrases and the end token may take 4 ids, but there is room for 3:"),
        (Default with { Phrases = [[2, 3, 4]], Prefix = [.. Enumerable.Repeat(5, 17)] }, "Phrases and the end token may take 4 ids, but there is room for 3:"),
        (Translator with { Phrases = [[2, 3, 4]], Prefix = [5, 6], MaxLength = 5 }, "Phrases and the end token may take 4 ids, but there is room for 3:"),
        (Default with { Phrases = [[2]], ForcedStart = 0 }, "ForcedStart is 0, but that is the end token, so that no phrase can appear: leave ForcedStart or Phrases out."),
    ];

    private static readonly GenerationOptions[] Accepted =
    [
        Default,
        Translator,
        Default with { Beams = 4, NBest = 4, EarlyStopping = EarlyStopping.Never, LengthPenalty = -1 },
        Translator with { Beams = 3, NBest = 5, Patience = 1.5f },
        Sampled with { NBest = 100, Temperature = 0.1f, TopK = 1000, TopP = 1, MinP = 1, Seed = ulong.MaxValue },
        Translator with { Sample = true, NBest = 100, TopK = 3 },
        Default with { MinLength = 20, MaxLength = 20 },
        Default with { Prefix = [.. Enumerable.Repeat(2, 19)], MaxLength = 20 },
        Translator with { Prefix = [2, 3], MaxLength = 3, MinLength = 3 },
        Translator with { Prefix = [2, 3, 4], MaxLength = 2, PrefixBias = 0.9f },
        Translator with { SuppressedSequences = [[0]] },
        Default with { ForcedStart = 3, Prefix = [3, 4], ForcedEnd = 0 },

        // What the prefix or the forced start holds of a phrase need not come again.
        Default with { Phrases = [[2, 3, 4]], Prefix = [.. Enumerable.Repeat(5, 15), 2, 3], MaxLength = 3 },
        Translator with { Phrases = [[2, 3, 4]], Prefix = [2, 3, 4], MaxLength = 4 },
        Default with { Phrases = [[2, 3, 4]], ForcedStart = 2, MaxLength = 4 },
        Default with { Phrases = [[2, 3], [3], [2, 3]], MaxLength = 3, NoRepeatNgram = 2 },
        Default with { Phrases = [.. Enumerable.Repeat<int[]>([2], 64)] },
    ];

    public static TheoryData<int> RefusedCases => [.. Enumerable.Range(0, Refused.Length)];

    public static TheoryData<int> AcceptedCases => [.. Enumerable.Range(0, Accepted.Length)];

    private static DecodingShape Shape => Decoding.Shape(maskedToken: 11);

    [Theory]
    [MemberData(nameof(RefusedCases))]
    public void Options_that_cannot_be_followed_are_refused(int index)
    {
        (GenerationOptions options, string message) = Refused[index];
        ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => OptionCheck.Check(options, Shape));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal("options", exception.ParamName);
    }

    [Theory]
    [MemberData(nameof(AcceptedCases))]
    public void Options_that_can_be_followed_are_accepted(int index) => OptionCheck.Check(Accepted[index], Shape);

    [Fact]
    public void Options_have_to_be_there() => Assert.Throws<ArgumentNullException>("options", () => OptionCheck.Check(null!, Shape));

    [Fact]
    public void More_beams_than_ids_are_accepted() => OptionCheck.Check(new() { Beams = 4, NBest = 4 }, Decoding.Shape(3));

    [Fact]
    public void Recorded_cross_attention_allows_a_coverage_penalty() =>
        OptionCheck.Check(new() { CoveragePenalty = 0.2f }, Decoding.Shape(recordsCrossAttention: true));
}

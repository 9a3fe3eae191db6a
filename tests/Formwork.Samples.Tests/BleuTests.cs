using Formwork.Benchmarks.Corpus;

namespace Formwork.Samples.Tests;

/// <summary>The benchmarks' BLEU against what <c>training/bleu.py</c> gives for the same sentences.</summary>
public sealed class BleuTests
{
    private static readonly string[] Hypotheses =
    [
        "Un homme en T-shirt bleu est debout sur une échelle.",
        "Deux chiens courent sur la plage, l'un derrière l'autre.",
        "Une fille joue.",
    ];

    private static readonly string[] References =
    [
        "Un homme en chemise bleue se tient debout sur une échelle.",
        "Deux chiens courent sur la plage, l'un après l'autre.",
        "Une petite fille joue avec un ballon.",
    ];

    [Theory]
    [InlineData("L'homme court, n'est-ce pas ?", "l' homme court , n' est-ce pas ?")]
    [InlineData("Il a 1,5 m. et 3.14 % (env.) de \"gâteaux\"...", "il a 1,5 m. et 3.14 % ( env . ) de \" gâteaux \" ...")]
    [InlineData("M. Dupont et Mme. Durand vont à l'U.S. Open.", "m. dupont et mme. durand vont à l' u.s. open .")]
    [InlineData("aujourd'hui d' une 'citation' l'été 12'30", "aujourd' hui d ' une ' citation ' l' été 12 ' 30")]
    [InlineData("Un chien_brun & un chat; 50-60 km/h – vite !", "un chien _ brun & un chat ; 50-60 km / h – vite !")]
    [InlineData("&quot;Non&quot;, dit-elle &amp; part.  Fin.", "& quot ; non & quot ; , dit-elle & amp ; part . fin .")]
    [InlineData("à 8h. un train 😀 arrive", "à 8h. un train 😀 arrive")]
    [InlineData("  espaces\tmultiples\u00a0ici,,là 1,000,000.", "espaces multiples ici , , là 1,000,000 .")]
    [InlineData("Etc. Il part. il revient J. R. R.", "etc . il part. il revient j. r. r.")]
    public void Moses_style_tokens_equal_the_scripts(string text, string tokens) => Assert.Equal(tokens.Split(' '), MosesTokens.Of(text));

    [Theory]
    [InlineData("L'homme court, n'est-ce pas ?", "l'homme court , n'est-ce pas ?")]
    [InlineData("Il a 1,5 m. et 3.14 % (env.) de \"gâteaux\"...", "il a 1,5 m . et 3.14 % ( env . ) de \" gâteaux \" . . .")]
    [InlineData("M. Dupont et Mme. Durand vont à l'U.S. Open.", "m . dupont et mme . durand vont à l'u . s . open .")]
    [InlineData("Un chien_brun & un chat; 50-60 km/h – vite !", "un chien _ brun & un chat ; 50 - 60 km / h – vite !")]
    [InlineData("&quot;Non&quot;, dit-elle &amp; part.  Fin.", "\" non \" , dit-elle & part . fin .")]
    [InlineData("  espaces\tmultiples\u00a0ici,,là 1,000,000.", "espaces multiples ici , , là 1,000,000 .")]
    public void Tokens_of_13a_equal_the_scripts(string text, string tokens) => Assert.Equal(tokens.Split(' '), Mteval13aTokens.Of(text));

    [Fact]
    public void Scores_equal_the_scripts()
    {
        Assert.Equal(50.59547558566763, Bleu.Score(Hypotheses, References, MosesTokens.Of), 1e-9);
        Assert.Equal(47.90047279932127, Bleu.Score(Hypotheses, References, Mteval13aTokens.Of), 1e-9);
    }

    [Fact]
    public void Too_long_is_not_punished_as_too_short_is()
    {
        Assert.Equal(49.7084588885844, Bleu.Score(References, Hypotheses, MosesTokens.Of), 1e-9);
    }

    [Fact]
    public void The_reference_itself_scores_100_and_no_common_four_words_score_0()
    {
        Assert.Equal(100, Bleu.Score(References, References, MosesTokens.Of), 1e-9);
        Assert.Equal(0, Bleu.Score(["un deux trois"], ["un deux trois"], MosesTokens.Of));
    }
}

namespace Formwork.Text.Pretrained;

/// <summary>mBART-25: <c>x &lt;/s&gt; lang</c>. Its decoder's first input is the target's language, so that nothing is forced.</summary>
internal static class MBartTokenizer
{
    public static TokenizerParts Load(PretrainedFiles files) =>
        MBartFamily.Load(files, MBartLanguages.Of25, new SourceLayout(LanguageMark.SourceLast));
}

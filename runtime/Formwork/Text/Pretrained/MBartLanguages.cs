namespace Formwork.Text.Pretrained;

/// <summary>The languages of mBART in the order of their ids, as fairseq's dictionaries fix it.</summary>
internal static class MBartLanguages
{
    private const string First =
        "ar_AR cs_CZ de_DE en_XX es_XX et_EE fi_FI fr_XX gu_IN hi_IN it_IT ja_XX kk_KZ ko_KR lt_LT lv_LV my_MM ne_NP nl_XX ro_RO ru_RU "
        + "si_LK tr_TR vi_VN zh_CN";

    private const string Later =
        "af_ZA az_AZ bn_IN fa_IR he_IL hr_HR id_ID ka_GE km_KH mk_MK ml_IN mn_MN mr_IN pl_PL ps_AF pt_XX sv_SE sw_KE ta_IN te_IN th_TH "
        + "tl_XX uk_UA ur_PK xh_ZA gl_ES sl_SI";

    /// <summary>Those of mBART-25.</summary>
    public static IReadOnlyList<string> Of25 { get; } = First.Split(' ');

    /// <summary>Those of mBART-50, which begin with the former.</summary>
    public static IReadOnlyList<string> Of50 { get; } = [.. Of25, .. Later.Split(' ')];

    /// <summary>Whether a token is spelled as a code is: <c>fr_XX</c>.</summary>
    public static bool IsCode(string token) => LanguageCode.IsSpelled(token, region: 2);
}

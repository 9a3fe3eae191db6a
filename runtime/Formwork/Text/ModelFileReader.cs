using System.Text;

namespace Formwork.Text;

/// <summary>
/// Reads a SentencePiece model file, a protocol-buffer message of type <c>ModelProto</c>. As protocol buffers demand, fields may come
/// in any order and any number of times, the last one counting, and unknown ones are passed over.
/// </summary>
internal static class ModelFileReader
{
    private const string FetchAgain = "The file is damaged; fetch it again.";

    /// <exception cref="VocabularyLoadException">The bytes are no usable model.</exception>
    public static ModelFile Read(ReadOnlySpan<byte> data)
    {
        FileSniffer.RefuseOtherKinds(data);
        FileSniffer.RefuseJson(data);

        var file = new ModelFile();
        var pieceOffsets = new List<long>();
        var model = new WireReader(data, 0);
        while (model.Next(out int field))
        {
            switch (field)
            {
                case 1:
                    pieceOffsets.Add(model.FieldOffset);
                    ReadPiece(model.Message(), file.Pieces);
                    break;
                case 2:
                    ReadTrainer(model.Message(), file);
                    break;
                case 3:
                    ReadNormalizer(model.Message(), file.Normalizer);
                    break;
                case 5:
                    ReadNormalizer(model.Message(), file.Denormalizer ??= new NormalizerSettings());
                    break;
                default:
                    model.Skip();
                    break;
            }
        }
        ModelFileChecks.Check(file, pieceOffsets);
        return file;
    }

    private static void ReadPiece(WireReader message, PieceStore pieces)
    {
        ReadOnlySpan<byte> text = default;
        float score = 0;
        var kind = PieceKind.Normal;
        while (message.Next(out int field))
        {
            switch (field)
            {
                case 1:
                    text = message.Bytes();
                    if (!Utf8.IsValid(text) || text.Contains((byte)0))
                    {
                        throw new VocabularyLoadException(
                            VocabularyLoadError.InvalidText, message.FieldOffset, "a piece in UTF-8 without NUL",
                            Convert.ToHexString(text[..Math.Min(text.Length, 16)]), FetchAgain);
                    }
                    break;
                case 2:
                    score = message.Float();
                    if (!float.IsFinite(score))
                    {
                        throw new VocabularyLoadException(
                            VocabularyLoadError.Score, message.FieldOffset, "a finite score", $"{score}", FetchAgain);
                    }
                    break;
                case 3:
                    int value = message.Int32();
                    if (value is < (int)PieceKind.Normal or > (int)PieceKind.Byte)
                    {
                        throw new VocabularyLoadException(
                            VocabularyLoadError.PieceType, message.FieldOffset, "a piece type from 1 to 6", $"{value}",
                            "The file is damaged, or newer than this reader.");
                    }
                    kind = (PieceKind)value;
                    break;
                default:
                    message.Skip();
                    break;
            }
        }
        pieces.Add(text, score, kind);
    }

    private static void ReadTrainer(WireReader message, ModelFile file)
    {
        while (message.Next(out int field))
        {
            switch (field)
            {
                case 3:
                    int type = message.Int32();
                    if (type is < (int)SegmentationType.Unigram or > (int)SegmentationType.Character)
                    {
                        throw new VocabularyLoadException(
                            VocabularyLoadError.UnsupportedModelType, message.FieldOffset,
                            "model type 1 (unigram), 2 (byte pairs), 3 (words) or 4 (characters)", $"{type}",
                            "The file is damaged, or newer than this reader.");
                    }
                    file.Segmentation = (SegmentationType)type;
                    break;
                case 24:
                    file.TreatWhitespaceAsSuffix = message.Bool();
                    break;
                case 35:
                    file.ByteFallback = message.Bool();
                    break;
                case 40 or 41 or 42 or 43:
                    int id = message.Int32();
                    file.SpecialIds.Add((id, message.FieldOffset));
                    break;
                case 44:
                    file.UnknownSurface = ReadString(ref message);
                    break;
                case 46:
                    file.BeginPiece = ReadName(ref message, file.BeginPiece);
                    break;
                case 47:
                    file.EndPiece = ReadName(ref message, file.EndPiece);
                    break;
                case 48:
                    file.PadPiece = ReadName(ref message, file.PadPiece);
                    break;
                default:
                    message.Skip();
                    break;
            }
        }
    }

    private static void ReadNormalizer(WireReader message, NormalizerSettings settings)
    {
        while (message.Next(out int field))
        {
            switch (field)
            {
                case 2:
                    ReadOnlySpan<byte> map = message.Bytes();
                    settings.Map = map.IsEmpty ? null : CharacterMap.Read(map, message.Offset - map.Length);
                    break;
                case 3:
                    settings.AddDummyPrefix = message.Bool();
                    break;
                case 4:
                    settings.RemoveExtraWhitespaces = message.Bool();
                    break;
                case 5:
                    settings.EscapeWhitespaces = message.Bool();
                    break;
                default:
                    message.Skip();
                    break;
            }
        }
    }

    private static string ReadName(ref WireReader message, string fallback)
    {
        string name = ReadString(ref message);
        return name.Length == 0 ? fallback : name;
    }

    private static string ReadString(ref WireReader message)
    {
        ReadOnlySpan<byte> text = message.Bytes();
        if (!Utf8.IsValid(text))
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.InvalidText, message.FieldOffset, "text in UTF-8",
                Convert.ToHexString(text[..Math.Min(text.Length, 16)]), FetchAgain);
        }
        return Encoding.UTF8.GetString(text);
    }
}

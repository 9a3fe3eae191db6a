using System.Text;

namespace Formwork.Text;

/// <summary>What must hold of a model file as a whole, once every field is read; it also finds the unknown and the byte pieces.</summary>
internal static class ModelFileChecks
{
    private const string FetchAgain = "The file is damaged; fetch it again.";

    /// <param name="file">The file; its unknown id and byte ids are set here.</param>
    /// <param name="offsets">Where each piece starts in the file.</param>
    public static void Check(ModelFile file, List<long> offsets)
    {
        if (file.Pieces.Count == 0)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.Empty, -1, "at least one piece", "none", "This is no SentencePiece model; give the .model or .spm file.");
        }
        for (int id = 0; id < file.Pieces.Count; id++)
        {
            if (file.Pieces[id].IsEmpty)
            {
                throw new VocabularyLoadException(
                    VocabularyLoadError.EmptySymbol, offsets[id], "a spelling", $"piece {id} without one", FetchAgain);
            }
        }
        FindUnknown(file, offsets);
        FindBytes(file, offsets);
        RefuseDuplicates(file.Pieces, Vocabulary.IsText, offsets);
        RefuseDuplicates(file.Pieces, kind => !Vocabulary.IsText(kind), offsets);
        foreach ((int id, long offset) in file.SpecialIds)
        {
            if (id < -1 || id >= file.Pieces.Count)
            {
                throw new VocabularyLoadException(
                    VocabularyLoadError.IdOutOfRange, offset, $"a special id below {file.Pieces.Count}, or -1", $"{id}",
                    "The vocabulary was cut after training, or the file is damaged.");
            }
        }
    }

    private static void FindUnknown(ModelFile file, List<long> offsets)
    {
        int[] ids = file.Pieces.IdsWhere(kind => kind == PieceKind.Unknown);
        if (ids.Length != 1)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.UnknownPiece, ids.Length == 0 ? -1 : offsets[ids[1]], "one piece of type UNKNOWN",
                ids.Length == 0 ? "none" : $"pieces {ids[0]} and {ids[1]}", FetchAgain);
        }
        file.UnknownId = ids[0];
    }

    private static void FindBytes(ModelFile file, List<long> offsets)
    {
        var ids = new int[BytePiece.Count];
        Array.Fill(ids, -1);
        for (int id = 0; id < file.Pieces.Count; id++)
        {
            if (file.Pieces.Kinds[id] == PieceKind.Byte)
            {
                int value = BytePiece.ValueOf(file.Pieces[id]);
                if (!file.ByteFallback || value < 0)
                {
                    throw new VocabularyLoadException(
                        VocabularyLoadError.BytePieces, offsets[id],
                        file.ByteFallback ? "a byte piece spelled <0xNN>" : "no byte piece in a model without byte fallback",
                        $"'{Encoding.UTF8.GetString(file.Pieces[id])}'", FetchAgain);
                }
                ids[value] = id;
            }
        }
        if (!file.ByteFallback)
        {
            return;
        }
        int missing = Array.IndexOf(ids, -1);
        if (missing >= 0)
        {
            throw new VocabularyLoadException(
                VocabularyLoadError.BytePieces, -1, "all 256 byte pieces", $"none for 0x{missing:X2}", FetchAgain);
        }
        file.ByteIds = ids;
    }

    private static void RefuseDuplicates(PieceStore pieces, Predicate<PieceKind> among, List<long> offsets)
    {
        int[] ids = pieces.SortedIdsWhere(among);
        for (int i = 1; i < ids.Length; i++)
        {
            if (pieces[ids[i]].SequenceEqual(pieces[ids[i - 1]]))
            {
                throw new VocabularyLoadException(
                    VocabularyLoadError.DuplicateSymbol, offsets[ids[i]], "pieces spelled differently",
                    $"'{Encoding.UTF8.GetString(pieces[ids[i]])}' as piece {ids[i - 1]} and {ids[i]}", FetchAgain);
            }
        }
    }
}

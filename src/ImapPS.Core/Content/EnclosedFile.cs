namespace ImapPS.Content;

/// <summary>A file inside a part that is no part itself: in a winmail.dat, or uuencoded within the text.</summary>
/// <param name="Name">The name that the sender gave.</param>
/// <param name="Type">The media type.</param>
/// <param name="Size">Its size in octets.</param>
/// <param name="Content">Its octets; none where they are not wanted.</param>
internal sealed record EnclosedFile(string Name, string Type, long Size, byte[] Content);

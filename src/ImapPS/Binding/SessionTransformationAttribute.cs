using System;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>Takes a session object for its id, and a folder or a message for the session that it came from; also when they have been exported and imported.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SessionTransformationAttribute : ItemTransformationAttribute
{
    /// <summary>Whether only sessions are taken, and not what came from one.</summary>
    public bool SessionsOnly { get; set; }

    /// <summary>Whether names and ids are taken.</summary>
    public bool Text { get; set; } = true;

    private protected override object Transform(object input)
    {
        ItemKind kind = ItemKinds.Of(input);
        SessionReference? session = kind switch
        {
            ItemKind.Text => Text ? Named(input) : null,
            ItemKind.Session => IdOf(input, nameof(ImapSession.Id)),
            _ => SessionsOnly ? null : OriginOf(input),
        };
        return session ?? input;
    }

    /// <summary>The session that an object came from, or that its row names.</summary>
    internal static SessionReference? OriginOf(object input) =>
        ItemKinds.Of(input) is ItemKind.File or ItemKind.Other ? null
        : IdOf(input, nameof(ImapMessage.SessionId)) ?? (PropertyReader.Raw(input, "Session") is { } named ? ItemKinds.Of(named) switch
        {
            ItemKind.Text => Named(named),
            ItemKind.Session => IdOf(named, nameof(ImapSession.Id)),
            _ => null,
        }
        : null);

    private static SessionReference? Named(object input) => LanguagePrimitives.ConvertTo<string>(input) is { Length: > 0 } name ? new SessionReference(name) : null;

    internal static SessionReference? IdOf(object input, string property) => PropertyReader.Read<int>(input, property) is { } id ? new SessionReference(id) : null;
}

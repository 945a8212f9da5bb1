export const tool = {
	title: 'Tool',
};
